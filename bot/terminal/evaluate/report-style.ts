/** The style sheet of the report: light or dark as the reader's system is, and plain on paper. */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f3f6f9; --surface: #ffffff; --raised: #f4f7fa; --line: #dce3ea; --text: #17212b; --muted: #53636f;
  --accent: #0b5cad; --accent-soft: #e5f0fb; --good: #1a7f45; --good-soft: #e4f5ea; --bad: #b3261e; --bad-soft: #fcebe9;
  --unsure: #8a5a00; --unsure-soft: #fdf3dd; --c-right: #2d7dd2; --c-wrong: #e0722b; --c-none: #98a4b1;
  --shadow: 0 1px 2px rgb(16 32 48 / 5%), 0 6px 20px rgb(16 32 48 / 5%);
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1319; --surface: #161e27; --raised: #1e2833; --line: #2d3a48; --text: #e7edf3; --muted: #a5b4c3;
    --accent: #84bdff; --accent-soft: #1b3048; --good: #5fcf8d; --good-soft: #14321f; --bad: #ff8f86; --bad-soft: #3d1d1b;
    --unsure: #eebb5b; --unsure-soft: #362a10; --c-right: #5a9fe8; --c-wrong: #f0934f; --c-none: #6f7e8e; --shadow: none;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 4rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 var(--sans); }
a { color: var(--accent); }
main, header > div, nav > div, footer { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
header { padding: 40px 0 28px; background: var(--surface); }
h1 { margin: 0 0 6px; font-size: 2rem; line-height: 1.2; letter-spacing: -.02em; }
h2 { margin: 0 0 4px; font-size: 1.3rem; letter-spacing: -.01em; }
h3 { margin: 0 0 2px; font-size: 1.02rem; }
p { margin: 0 0 12px; }
.about { color: var(--muted); font-size: .9rem; }
.lead { max-width: 56rem; margin: 18px 0 0; font-size: 1.15rem; }
.lead b { font-variant-numeric: tabular-nums; }
nav { position: sticky; top: 0; z-index: 1; background: var(--surface); border-block: 1px solid var(--line); }
nav > div { display: flex; gap: 22px; overflow-x: auto; }
nav a { padding: 11px 0; color: var(--muted); font-size: .92rem; text-decoration: none; white-space: nowrap; }
nav a:hover, nav a:focus-visible { color: var(--accent); }
section { margin: 36px 0; }
section > p { max-width: 52rem; color: var(--muted); }
.panel { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); }
.verdict { display: flex; gap: 14px; align-items: baseline; margin: 24px 0 0; padding: 12px 18px; border-radius: 10px; }
.verdict.same, .verdict.none { background: var(--raised); } .verdict.better { background: var(--good-soft); } .verdict.worse { background: var(--bad-soft); }
.verdict b { white-space: nowrap; } .verdict.better b { color: var(--good); } .verdict.worse b { color: var(--bad); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 14px; margin-top: 14px; }
.card { padding: 16px 18px 14px; }
.card .name { color: var(--muted); font-size: .88rem; }
.card .figure { font-size: 2.1rem; font-weight: 650; line-height: 1.25; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.card .figure small { font-size: 1.1rem; font-weight: 500; color: var(--muted); }
.card .note { margin: 6px 0 0; color: var(--muted); font-size: .8rem; }
.range { position: relative; height: 8px; margin-top: 8px; border-radius: 4px; background: var(--raised); box-shadow: inset 0 0 0 1px var(--line); }
.range i { position: absolute; top: 1px; bottom: 1px; min-width: 3px; border-radius: 3px; background: var(--accent); opacity: .38; }
.range b { position: absolute; top: -2px; width: 3px; height: 12px; margin-left: -1.5px; border-radius: 2px; background: var(--accent); }
.scroll { overflow-x: auto; margin-top: 14px; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { padding: 9px 14px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tr:last-child > td, tr:last-child > th { border-bottom: 0; }
thead th { color: var(--muted); font-size: .8rem; font-weight: 600; white-space: nowrap; background: var(--raised); }
thead th:first-child { border-top-left-radius: 11px; } thead th:last-child { border-top-right-radius: 11px; }
tbody th { font-weight: 600; white-space: nowrap; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.n small { display: block; color: var(--muted); }
tr.all > * { background: var(--raised); }
td.heat { text-align: center; font-variant-numeric: tabular-nums; }
td small, .id { color: var(--muted); font-size: .8rem; }
.id { display: block; font-family: var(--mono); font-size: .74rem; overflow-wrap: anywhere; }
td.question { min-width: 240px; width: 38%; overflow-wrap: anywhere; } td.entry { min-width: 190px; }
div.entry + div.entry { margin-top: 6px; }
.examples { margin: 0; padding: 0; list-style: none; } .examples li + li { margin-top: 8px; }
p.after { margin-top: 14px; } .empty { padding: 14px 18px; margin: 0; color: var(--muted); }
.pill { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: .78rem; font-weight: 600; white-space: nowrap; background: var(--raised); color: var(--muted); }
.pill.bad { background: var(--bad-soft); color: var(--bad); } .pill.good { background: var(--good-soft); color: var(--good); }
.pill.unsure { background: var(--unsure-soft); color: var(--unsure); }
.meter { display: inline-block; width: 56px; height: 6px; margin-right: 8px; border-radius: 3px; vertical-align: middle; overflow: hidden; background: var(--line); }
.meter i { display: block; height: 100%; background: var(--accent); }
td.entry .sure { display: block; margin-top: 4px; } .sure { font-variant-numeric: tabular-nums; white-space: nowrap; }
.was { color: var(--muted); }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 430px), 1fr)); gap: 14px; margin-top: 14px; }
figure { margin: 0; padding: 18px 20px; } figure p { margin: 0 0 8px; color: var(--muted); font-size: .88rem; }
.key { display: flex; flex-wrap: wrap; gap: 4px 18px; color: var(--muted); font-size: .82rem; }
.key i { display: inline-block; width: 12px; height: 12px; margin-right: 6px; border-radius: 3px; vertical-align: -1px; }
.key .l { height: 0; width: 18px; border-top: 2.5px solid var(--c-right); vertical-align: 4px; border-radius: 0; } .key .l.second { border-top: 2.5px dashed var(--c-wrong); }
svg { display: block; width: 100%; height: auto; font-family: var(--sans); }
.grid { stroke: var(--line); } .axis { stroke: var(--muted); }
.tick { fill: var(--muted); font-size: 12px; } .axis-label { fill: var(--muted); font-size: 12.5px; font-weight: 600; }
.note { fill: var(--muted); font-size: 12px; } .strong { fill: var(--text); font-weight: 700; paint-order: stroke; stroke: var(--surface); stroke-width: 4px; stroke-linejoin: round; }
.ideal { stroke: var(--muted); stroke-dasharray: 3 4; fill: none; }
.curve { stroke: var(--c-right); stroke-width: 2.5; fill: none; stroke-linejoin: round; } .curve.second { stroke: var(--c-wrong); stroke-dasharray: 6 4; stroke-width: 2; }
.interval { stroke: var(--c-right); stroke-width: 7; stroke-linecap: round; opacity: .25; }
.point { fill: var(--c-right); stroke: var(--surface); stroke-width: 2; } .today { fill: var(--text); stroke: var(--surface); stroke-width: 2.5; }
.fill { fill: var(--c-right); opacity: .1; }
.right { fill: var(--c-right); background: var(--c-right); } .wrong { fill: var(--c-wrong); background: var(--c-wrong); } .not-answerable { fill: var(--c-none); background: var(--c-none); }
details { margin-top: 14px; } summary { padding: 14px 18px; cursor: pointer; font-weight: 600; border-radius: 12px; }
summary small { margin-left: 8px; color: var(--muted); font-weight: 400; font-size: .88rem; }
details[open] > summary { border-bottom: 1px solid var(--line); border-radius: 12px 12px 0 0; } details .scroll { margin: 0; } details thead th { border-radius: 0 !important; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 8px 22px; padding: 18px 20px; margin: 14px 0 0; font-size: .92rem; } dt { font-weight: 600; } dd { margin: 0; color: var(--muted); }
footer { padding-bottom: 48px; color: var(--muted); font-size: .85rem; }
@media (max-width: 640px) { main, header > div, nav > div, footer { padding-inline: 16px; } header { padding: 24px 0 20px; } h1 { font-size: 1.6rem; } dl { grid-template-columns: 1fr; gap: 2px; } dd { margin-bottom: 10px; } .verdict { display: block; } .verdict b { display: block; } .cards { grid-template-columns: 1fr 1fr; } .card { padding: 12px 14px; } }
@media print { nav { display: none; } body { background: none; } .panel { box-shadow: none; break-inside: avoid; } details.panel { break-inside: auto; } }
`;
