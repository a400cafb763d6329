import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import type { Request, Response, Server } from 'restify';
import type { Config } from '../config';
import type { OriginPolicy } from './direct-line/origin-policy';

export interface WebChatPageOptions {
  /** Where `buildAssets` has put the page's files. */
  readonly assetsDir: string;
  readonly origins: OriginPolicy;
  readonly config: Pick<Config, 'webChatOrigins' | 'conversationIdleMs' | 'azureDirectLine'>;
}

interface Asset {
  readonly contentType: string;
  readonly etag: string;
  readonly br: Buffer;
  readonly gz: Buffer;
}

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=utf-8'],
]);

/** What other sites load into their pages. */
const FOR_OTHER_SITES: ReadonlySet<string> = new Set(['widget.js', 'icon.svg']);
/** The page that other sites may show in a frame. */
const FRAME = 'frame.html';
const WIDGET_CACHE = 'public, max-age=3600, stale-while-revalidate=86400';
const MINUTE_MS = 60_000;

/**
 * Serves the widget at `/widget.js`, a demo page at `/`, one with the widget at `/widget-demo` and their files under `/web-chat/`,
 * all from memory: only names that were there at the start exist. The sites of `config.webChatOrigins` may show the widget's frame;
 * `{{keepMinutes}}` in a page stands for `config.conversationIdleMs`, `{{carriedBy}}` for the host of Azure's Direct Line where
 * it is set up. Without built files every route says so with 404.
 */
export function mountWebChatPage(server: Server, { assetsDir, origins, config }: WebChatPageOptions): void {
  const keepMinutes = String(Math.round(config.conversationIdleMs / MINUTE_MS));
  const carriedBy = config.azureDirectLine === undefined ? '' : new URL(config.azureDirectLine.url).host;
  const assets = readAssets(assetsDir, (page) =>
    page.replaceAll('{{keepMinutes}}', keepMinutes).replaceAll('{{carriedBy}}', carriedBy),
  );
  const serve = (name: (request: Request) => string) => {
    return async (request: Request, response: Response): Promise<void> => {
      const wanted = name(request);
      const asset = assets.get(wanted);
      // Its policy says who may show it; this older header knows of no list.
      if (wanted === FRAME) response.removeHeader('X-Frame-Options');
      if (!origins.isOurHost(request)) sendWords(request, response, 403, 'This server is not known by that name.\n');
      else if (asset) sendAsset(request, response, asset, headersOf(wanted, origins.serverOrigin(request), config));
      else sendMissing(request, response, assets.size === 0);
    };
  };
  const routes = {
    '/': serve(() => 'index.html'),
    '/widget.js': serve(() => 'widget.js'),
    '/widget-demo': serve(() => 'widget-demo.html'),
    '/web-chat/:name': serve((request) => (request.params as { name: string }).name),
  };
  for (const [path, handler] of Object.entries(routes)) {
    server.get(path, handler);
    server.head(path, handler);
  }
}

/** The headers that are an asset's own. */
function headersOf(name: string, serverOrigin: string, config: WebChatPageOptions['config']) {
  const framedBy = name === FRAME ? config.webChatOrigins : [];
  return {
    'cache-control': name === 'widget.js' ? WIDGET_CACHE : 'no-cache',
    ...(FOR_OTHER_SITES.has(name) ? { 'cross-origin-resource-policy': 'cross-origin' } : {}),
    ...(path.extname(name) === '.html'
      ? { 'content-security-policy': contentSecurityPolicy(serverOrigin, framedBy, config.azureDirectLine?.url) }
      : {}),
  };
}

function readAssets(assetsDir: string, fillPage: (page: string) => string): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const name of fileNames(assetsDir)) {
    const contentType = CONTENT_TYPES.get(path.extname(name));
    if (contentType === undefined) continue;
    // The plain bytes are not kept: every browser takes a packed form, and those few who do not can wait for unpacking.
    let gz = readFileSync(path.join(assetsDir, `${name}.gz`));
    let br = readFileSync(path.join(assetsDir, `${name}.br`));
    if (path.extname(name) === '.html') {
      const page = fillPage(gunzipSync(gz).toString());
      gz = gzipSync(page);
      br = brotliCompressSync(page);
    }
    const etag = createHash('sha256').update(gz).digest('base64url').slice(0, 22);
    assets.set(name, { contentType, etag, br, gz });
  }
  return assets;
}

function fileNames(assetsDir: string): readonly string[] {
  try {
    return readdirSync(assetsDir);
  } catch {
    return [];
  }
}

function sendAsset(request: Request, response: Response, asset: Asset, own: Readonly<Record<string, string>>): void {
  const { encoding, bytes } = pickForm(request.headers['accept-encoding'], asset);
  // One tag a form, as HTTP asks for strong tags.
  const etag = `"${asset.etag}-${encoding}"`;
  const headers = {
    etag,
    vary: 'Accept-Encoding',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...own,
  };
  if (request.headers['if-none-match']?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  const body = bytes();
  response.writeHead(200, {
    ...headers,
    'content-type': asset.contentType,
    'content-length': String(body.length),
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function pickForm(accepted: string | string[] | undefined, asset: Asset) {
  const encodings = String(accepted ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]!.trim());
  if (encodings.includes('br')) return { encoding: 'br', bytes: () => asset.br };
  if (encodings.includes('gzip') || encodings.includes('*')) return { encoding: 'gzip', bytes: () => asset.gz };
  return { encoding: 'identity', bytes: () => gunzipSync(asset.gz) };
}

/** As strict as Web Chat allows: it writes its styles into the page, and shows small pictures from data addresses. */
function contentSecurityPolicy(serverOrigin: string, framedBy: readonly string[], directLine?: string): string {
  const { host } = new URL(serverOrigin);
  // Older Safari does not count web sockets as 'self', and behind a proxy the page may be opened by another name.
  const sockets = ` ws://${host} wss://${host}`;
  // Azure's Direct Line, over HTTP and over the same address's web sockets.
  const azure = directLine === undefined ? '' : ` ${directLine} ${directLine.replace(/^http/, 'ws')}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src 'self'${sockets}${azure}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'self'",
    `frame-ancestors ${["'self'", ...framedBy].join(' ')}`,
  ].join('; ');
}

function sendMissing(request: Request, response: Response, nothingBuilt: boolean): void {
  const words = nothingBuilt ? 'The page is not built: run "npm run build".\n' : 'There is no such file.\n';
  sendWords(request, response, 404, words);
}

function sendWords(request: Request, response: Response, status: 403 | 404, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'content-length': String(words.length) });
  response.end(request.method === 'HEAD' ? undefined : words);
}
