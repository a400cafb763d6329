import type { Request, Server } from 'restify';
import { sendFault } from './json-response';

/**
 * Answers 400 to requests on any route whose Host header or target makes no address, or that have two Host headers, of which a
 * proxy may have checked the other one. restify 12 parses them while it looks for the route, outside of any handler, so that one
 * such request would otherwise end the process.
 */
export function refuseUnreadableAddresses(server: Server): void {
  server.pre((request, response, next) => {
    if (isReadable(request)) return next();
    sendFault(response, { status: 400, code: 'BadRequest', message: 'The address of the request cannot be read.' });
    return next(false);
  });
}

function isReadable(request: Request): boolean {
  try {
    request.getUrl();
  } catch {
    return false;
  }
  return request.rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === 'host').length <= 1;
}
