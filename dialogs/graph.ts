/** A directed graph by its arrows: what each node leads to. Ends lead nowhere. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** What a graph looks like from its start. */
export interface Ways {
  /** Every node that some way leads to, the start included, each after all that it leads to; partial order only without a cycle. */
  readonly reached: ReadonlySet<string>;
  /** Nodes of which each leads to the next, the last being the first again; `undefined` for a graph without cycles. */
  readonly cycle: readonly string[] | undefined;
}

/** Walks the whole graph once, depth first. Arrows to nodes that do not exist are followed to nowhere. */
export function waysFrom(graph: Graph, start: string): Ways {
  const reached = new Set<string>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  let cycle: string[] | undefined;
  const visit = (id: string): void => {
    if (isOpen.has(id)) {
      cycle ??= [...open.slice(open.indexOf(id)), id];
      return;
    }
    if (reached.has(id)) return;
    open.push(id);
    isOpen.add(id);
    for (const next of graph.get(id) ?? []) visit(next);
    open.pop();
    isOpen.delete(id);
    reached.add(id);
  };
  visit(start);
  return { reached, cycle };
}

/**
 * The greatest number of counted nodes on any way from each reached node to an end, itself included. For graphs without cycles
 * only.
 */
export function longestWays(graph: Graph, start: string, counts: (id: string) => boolean): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  for (const id of waysFrom(graph, start).reached) {
    const most = Math.max(0, ...(graph.get(id) ?? []).map((next) => longest.get(next) ?? 0));
    longest.set(id, most + (counts(id) ? 1 : 0));
  }
  return longest;
}

/** For each reached node, the nodes that lie on every way to it, itself included. For graphs without cycles only. */
export function onEveryWay(graph: Graph, start: string): ReadonlyMap<string, ReadonlySet<string>> {
  const order = [...waysFrom(graph, start).reached].reverse();
  const sure = new Map<string, ReadonlySet<string>>([[start, new Set([start])]]);
  for (const id of order) {
    const here = sure.get(id)!;
    for (const next of graph.get(id) ?? []) {
      const before = sure.get(next);
      const kept = before === undefined ? here : new Set([...before].filter((one) => here.has(one)));
      sure.set(next, new Set([...kept, next]));
    }
  }
  return sure;
}
