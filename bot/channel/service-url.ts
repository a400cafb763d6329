import { isLoopback } from '../config';

/**
 * Whether a `serviceUrl` leads to this machine and nowhere else. Judged on the address as Node will dial it, after URL parsing,
 * so that `http://127.0.0.1@elsewhere.example` and decimal or shortened addresses are seen for what they are. False for anything
 * that is not an http(s) address.
 */
export function isLoopbackServiceUrl(serviceUrl: unknown): boolean {
  if (typeof serviceUrl !== 'string') return false;
  const url = URL.canParse(serviceUrl) ? new URL(serviceUrl) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false;
  return url.username === '' && url.password === '' && isLoopback(url.hostname);
}
