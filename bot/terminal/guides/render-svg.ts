/** Draws a graph in the language of Graphviz. Ends with a line break. */
export type RenderSvg = (dot: string, title: string) => string;

/** Loads Graphviz, which takes a moment; it is there only where the packages for development are. */
export async function loadRenderer(): Promise<RenderSvg> {
  const { instance } = await import('@viz-js/viz');
  const viz = await instance();
  return (dot, title) => tidy(viz.renderString(dot, { format: 'svg', engine: 'dot' }), title);
}

/**
 * The drawing as a picture with a name for those who cannot see it. What names the version of Graphviz goes, so that a file does not
 * change with it.
 */
function tidy(svg: string, title: string): string {
  const name = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `${svg
    .slice(svg.indexOf('<svg'))
    .replaceAll(/<!--.*?-->\n?/gs, '')
    .replace(/<title>[^<]*<\/title>\n?/, '')
    .replace('<svg ', '<svg role="img" aria-labelledby="title" ')
    .replace('>', `>\n<title id="title">${name}</title>`)
    // Wherever there is no Arial, a font of the same widths or nearly so.
    .replaceAll('font-family="Arial"', 'font-family="Arial,Helvetica,Liberation Sans,sans-serif"')
    .replaceAll(/<title>([^<]*?)&#45;&gt;([^<]*?)<\/title>/g, '<title>$1 → $2</title>')
    .trimEnd()}\n`;
}
