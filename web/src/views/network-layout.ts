// SPDX-License-Identifier: Apache-2.0
// Where the actors of a network stand. The same answer and the same size give the same picture: nothing is drawn by lot, and the forces
// have come to rest before anything is painted.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from 'd3-force';
import type { Network, Quad } from '../api';

export interface Node extends SimulationNodeDatum {
    id: string;
    name: string;
    country: string;
    n: number;
    intensity: number;
    r: number;
    x: number;
    y: number;
}

/** What passes between two, either way. `ab` is what `a` did to `b`. */
export interface Pair {
    a: Node;
    b: Node;
    n: number;
    quad: Quad;
    /** -1: nothing but conflict, 1: nothing but cooperation. */
    balance: number;
    intensity: number;
    ab: Network['links'][number] | null;
    ba: Network['links'][number] | null;
}

const TICKS = 140; // until all is at rest
/** Links for every node that pull and are drawn, the strongest: more would only hide one another. */
export const DRAWN = 4;

export function balanceOf([vc, mc, vf, mf]: Quad): number {
    const total = vc + mc + vf + mf;
    return total ? (vc + mc - vf - mf) / total : 0;
}

/** Five classes, as the eye tells no more apart: -2 conflict … 2 cooperation. */
export function balanceClass(balance: number): number {
    return balance <= -0.6 ? -2 : balance < -0.2 ? -1 : balance <= 0.2 ? 0 : balance < 0.6 ? 1 : 2;
}

export function pairsOf(data: Network, nodes: Map<string, Node>): Pair[] {
    const pairs = new Map<string, Pair>();
    for (const link of data.links) {
        const source = nodes.get(link.source);
        const target = nodes.get(link.target);
        if (!source || !target || source === target) continue;
        const turned = source.id > target.id;
        const [a, b] = turned ? [target, source] : [source, target];
        const key = `${a.id}\n${b.id}`;
        let pair = pairs.get(key);
        if (!pair) pairs.set(key, (pair = { a, b, n: 0, quad: [0, 0, 0, 0], balance: 0, intensity: 0, ab: null, ba: null }));
        pair.intensity = (pair.intensity * pair.n + link.intensity * link.n) / (pair.n + link.n);
        pair.n += link.n;
        link.quad.forEach((n, i) => (pair!.quad[i]! += n));
        if (turned) pair.ba = link;
        else pair.ab = link;
    }
    for (const pair of pairs.values()) pair.balance = balanceOf(pair.quad);
    return [...pairs.values()].sort((p, q) => q.n - p.n || (p.a.id + p.b.id < q.a.id + q.b.id ? -1 : 1));
}

export function layout(data: Network, width: number, height: number): { nodes: Node[]; pairs: Pair[] } {
    const most = Math.max(1, ...data.nodes.map((node) => node.n));
    const largest = Math.min(28, Math.max(11, Math.sqrt(width * height) / 30));
    const nodes: Node[] = data.nodes.map((node, i) => {
        const angle = i * Math.PI * (3 - Math.sqrt(5));
        const far = 14 * Math.sqrt(0.5 + i);
        return { ...node, r: 4 + (largest - 4) * Math.sqrt(node.n / most), x: far * Math.cos(angle), y: far * Math.sin(angle) };
    });
    const pairs = pairsOf(data, new Map(nodes.map((node) => [node.id, node])));
    const strongest = Math.max(1, ...pairs.map((pair) => pair.n));
    const links = pairs.slice(0, DRAWN * nodes.length).map((pair) => ({ source: pair.a, target: pair.b, n: pair.n }));
    const wide = width / Math.max(1, height);
    const room = Math.sqrt((width * height) / Math.max(1, nodes.length));
    forceSimulation(nodes)
        .alphaDecay(1 - 0.001 ** (1 / TICKS))
        .force('charge', forceManyBody<Node>().strength((node) => -room * (1.2 + node.r / 12)).distanceMax(room * 6))
        .force('link', forceLink<Node, (typeof links)[number]>(links)
            .distance((link) => room * (0.55 + 0.5 * (1 - Math.sqrt(link.n / strongest))))
            .strength((link) => 0.03 + 0.5 * Math.sqrt(link.n / strongest)))
        .force('collide', forceCollide<Node>((node) => node.r + 7).strength(0.9))
        .force('x', forceX<Node>(0).strength(0.06))
        .force('y', forceY<Node>(0).strength(0.06 * wide))
        .stop()
        .tick(TICKS);
    fit(nodes, width, height);
    return { nodes, pairs };
}

/** Stretches the picture over its frame, each way by itself, but never so far that few nodes are torn apart. */
function fit(nodes: Node[], width: number, height: number): void {
    if (!nodes.length) return;
    const side = Math.min(64, width * 0.1);
    const x0 = Math.min(...nodes.map((node) => node.x - node.r));
    const x1 = Math.max(...nodes.map((node) => node.x + node.r));
    const y0 = Math.min(...nodes.map((node) => node.y - node.r));
    const y1 = Math.max(...nodes.map((node) => node.y + node.r));
    const kx = Math.min(1.6, (width - 2 * side) / Math.max(1, x1 - x0));
    const ky = Math.min(1.6, (height - 44) / Math.max(1, y1 - y0));
    for (const node of nodes) {
        node.x = width / 2 + (node.x - (x0 + x1) / 2) * kx;
        node.y = height / 2 + (node.y - (y0 + y1) / 2) * ky;
    }
}
