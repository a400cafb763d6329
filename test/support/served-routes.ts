import restify from 'restify';

/** A route of the server, such as `GET /health`. */
export interface ServedRoute {
  readonly method: string;
  readonly path: string;
}

/** Runs `start` and tells every route that it mounts on restify's router, in order of their paths. */
export async function routesOf<T>(
  start: () => Promise<T>,
): Promise<{ readonly server: T; readonly routes: readonly ServedRoute[] }> {
  const created = jest.spyOn(restify, 'createServer');
  try {
    const server = await start();
    // A record by name, whatever its type says.
    const routes = created.mock.results.flatMap(({ value }) =>
      Object.values((value as restify.Server).router.getRoutes() as unknown as Record<string, ServedRoute>),
    );
    const known = routes.map(({ method, path }) => ({ method, path }));
    return { server, routes: known.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)) };
  } finally {
    created.mockRestore();
  }
}
