/**
 * The cheapest way to push as much as fits from a source to a sink: successive shortest paths, each found by Dijkstra's method
 * under potentials (Edmonds & Karp 1972; Tomizawa 1971). Dense, for networks of a few hundred nodes.
 */

export interface Edge {
  readonly from: number;
  readonly to: number;
  /** Whole and not negative. */
  readonly capacity: number;
  /** A unit's cost; may be negative, but no circle of edges may cost less than nothing. Whole numbers are exact up to 2⁵³. */
  readonly cost: number;
}

export interface Flow {
  readonly amount: number;
  readonly cost: number;
  /** Units on each edge, in the order the edges were given. */
  readonly on: readonly number[];
}

/** Nodes are `0 … nodes − 1`. Throws RangeError for a circle that costs less than nothing. */
export function cheapestFlow(nodes: number, edges: readonly Edge[], source: number, sink: number): Flow {
  const net = networkOf(nodes, edges);
  const potential = firstPotentials(net);
  let amount = 0;
  for (let path = shortestPath(net, potential, source, sink); path; path = shortestPath(net, potential, source, sink)) {
    const units = Math.min(...path.map((arc) => net.room[arc] ?? 0));
    for (const arc of path) {
      net.room[arc] = (net.room[arc] ?? 0) - units;
      net.room[arc ^ 1] = (net.room[arc ^ 1] ?? 0) + units;
    }
    amount += units;
  }
  const on = edges.map((_, i) => net.room[2 * i + 1] ?? 0);
  return { amount, cost: edges.reduce((sum, { cost }, i) => sum + cost * (on[i] ?? 0), 0), on };
}

/** Edge `i` is arc `2i`; arc `2i + 1` takes its flow back. */
interface Network {
  readonly nodes: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly cost: Float64Array;
  /** What an arc can still take. */
  readonly room: Float64Array;
  /** Arcs sorted by the node they leave; those of node `n` are `arcs[start[n]] … arcs[start[n + 1] − 1]`. */
  readonly arcs: Int32Array;
  readonly start: Int32Array;
}

function networkOf(nodes: number, edges: readonly Edge[]): Network {
  const both = edges.flatMap(({ from, to, capacity, cost }) => [
    { from, to, cost, room: capacity },
    { from: to, to: from, cost: -cost, room: 0 },
  ]);
  const start = new Int32Array(nodes + 1);
  for (const { from } of both) start[from + 1] = (start[from + 1] ?? 0) + 1;
  for (let n = 0; n < nodes; n += 1) start[n + 1] = (start[n + 1] ?? 0) + (start[n] ?? 0);
  const next = start.slice();
  const arcs = new Int32Array(both.length);
  for (const [arc, { from }] of both.entries()) {
    const at = next[from] ?? 0;
    arcs[at] = arc;
    next[from] = at + 1;
  }
  return {
    nodes,
    from: Int32Array.from(both, ({ from }) => from),
    to: Int32Array.from(both, ({ to }) => to),
    cost: Float64Array.from(both, ({ cost }) => cost),
    room: Float64Array.from(both, ({ room }) => room),
    arcs,
    start,
  };
}

/** Prices of the nodes under which no arc costs less than nothing (Bellman & Ford). */
function firstPotentials({ nodes, from, to, cost, room }: Network): Float64Array {
  const potential = new Float64Array(nodes);
  let isSettled = false;
  for (let round = 0; !isSettled; round += 1) {
    if (round > nodes) throw new RangeError('a circle of edges costs less than nothing');
    isSettled = true;
    for (let arc = 0; arc < cost.length; arc += 2) {
      const through = (potential[from[arc] ?? 0] ?? 0) + (cost[arc] ?? 0);
      if ((room[arc] ?? 0) === 0 || through >= (potential[to[arc] ?? 0] ?? 0)) continue;
      potential[to[arc] ?? 0] = through;
      isSettled = false;
    }
  }
  return potential;
}

/** The arcs of a cheapest path with room, last one first; undefined when there is none. Moves the potentials along. */
function shortestPath(net: Network, potential: Float64Array, source: number, sink: number): number[] | undefined {
  const far = new Float64Array(net.nodes).fill(Infinity);
  const by = new Int32Array(net.nodes).fill(-1);
  const done = new Uint8Array(net.nodes);
  far[source] = 0;
  for (let node = nearest(far, done); node !== -1 && done[sink] === 0; node = nearest(far, done)) {
    done[node] = 1;
    const base = (far[node] ?? 0) + (potential[node] ?? 0);
    for (let at = net.start[node] ?? 0; at < (net.start[node + 1] ?? 0); at += 1) {
      const arc = net.arcs[at] ?? 0;
      const to = net.to[arc] ?? 0;
      const through = base + (net.cost[arc] ?? 0) - (potential[to] ?? 0);
      if ((net.room[arc] ?? 0) === 0 || through >= (far[to] ?? 0)) continue;
      far[to] = through;
      by[to] = arc;
    }
  }
  const length = far[sink] ?? Infinity;
  if (length === Infinity) return undefined;
  for (let node = 0; node < net.nodes; node += 1)
    potential[node] = (potential[node] ?? 0) + Math.min(far[node] ?? 0, length);
  const path: number[] = [];
  for (let node = sink; node !== source; node = net.from[path.at(-1) ?? 0] ?? 0) path.push(by[node] ?? -1);
  return path;
}

/** The nearest node not done yet, or −1 when none can be reached. */
function nearest(far: Float64Array, done: Uint8Array): number {
  let best = -1;
  let least = Infinity;
  for (let node = 0; node < far.length; node += 1) {
    if (done[node] === 1 || (far[node] ?? 0) >= least) continue;
    best = node;
    least = far[node] ?? 0;
  }
  return best;
}
