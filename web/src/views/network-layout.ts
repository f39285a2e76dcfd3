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

/** A name beside its node, left, right, above or below; nodes whose name found no room are not in the list. */
export interface Label {
    node: Node;
    text: string;
    x: number;
    y: number;
    anchor: 'start' | 'middle' | 'end';
}

const TICKS = 300;

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
    const largest = Math.min(30, Math.max(12, Math.sqrt(width * height) / 26));
    const nodes: Node[] = data.nodes.map((node, i) => {
        const angle = i * Math.PI * (3 - Math.sqrt(5));
        const far = 14 * Math.sqrt(0.5 + i);
        return { ...node, r: 4 + (largest - 4) * Math.sqrt(node.n / most), x: far * Math.cos(angle), y: far * Math.sin(angle) };
    });
    const pairs = pairsOf(data, new Map(nodes.map((node) => [node.id, node])));
    const strongest = Math.max(1, ...pairs.map((pair) => pair.n));
    const links = pairs.map((pair) => ({ source: pair.a, target: pair.b, n: pair.n }));
    const wide = width / Math.max(1, height);
    const room = Math.sqrt((width * height) / Math.max(1, nodes.length));
    forceSimulation(nodes)
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

/** Names in the order of weight, each at the first of four sides where it meets neither a node nor a name that stands. */
export function placeLabels(nodes: Node[], width: number, height: number, size = 12): Label[] {
    const labels: Label[] = [];
    const boxes: [number, number, number, number][] = nodes.map((node) => [node.x - node.r, node.y - node.r, node.x + node.r, node.y + node.r]);
    for (const node of [...nodes].sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1))) {
        const text = node.name.length > 28 ? `${node.name.slice(0, 27)}…` : node.name;
        const long = text.length * size * 0.56;
        const gap = node.r + 4;
        const tries: [number, number, Label['anchor']][] = [
            [node.x + gap, node.y + size * 0.35, 'start'],
            [node.x - gap, node.y + size * 0.35, 'end'],
            [node.x, node.y + node.r + size, 'middle'],
            [node.x, node.y - node.r - size * 0.35, 'middle'],
        ];
        for (const [x, y, anchor] of tries) {
            const left = anchor === 'start' ? x : anchor === 'end' ? x - long : x - long / 2;
            const box: [number, number, number, number] = [left, y - size * 0.85, left + long, y + size * 0.25];
            if (box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2) continue;
            if (boxes.some((o) => o[0] < box[2] && o[2] > box[0] && o[1] < box[3] && o[3] > box[1])) continue;
            boxes.push(box);
            labels.push({ node, text, x, y, anchor });
            break;
        }
    }
    return labels;
}
