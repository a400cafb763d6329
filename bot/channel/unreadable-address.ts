import type { Server } from 'restify';
import { sendFault } from './json-response';

/**
 * Answers 400 to requests on any route whose Host header or target makes no address. restify 12 parses them while it looks for
 * the route, outside of any handler, so that one such request would otherwise end the process.
 */
export function refuseUnreadableAddresses(server: Server): void {
  server.pre((request, response, next) => {
    try {
      request.getUrl();
    } catch {
      sendFault(response, { status: 400, code: 'BadRequest', message: 'The address of the request cannot be read.' });
      return next(false);
    }
    return next();
  });
}
