// SPDX-License-Identifier: Apache-2.0
// What two do to one another, drawn: cooperation above a line and conflict below it, a panel for each way, one scale for both, and the mean
// intensity under them.
import { scaleLinear, scaleUtc, type ScaleLinear, type ScaleTime } from 'd3-scale';
import { line } from 'd3-shape';
import type { Period, RelationSide } from '../api';
import { number } from '../format';
import { s } from '../ui';
import { timeTicks } from './time-ticks';

export type Way = 'each' | 'both' | 'ab' | 'ba';
/** A period; `end` is the first moment after it. */
export interface Span { begin: Date; end: Date; ab: RelationSide; ba: RelationSide }
export interface Picture { spans: Span[]; domain: [Date, Date]; way: Way; a: string; b: string; by: Period }
export interface Frame { x: ScaleTime<number, number>; left: number; right: number; top: number; bottom: number }

interface Panel { title: string; side: (span: Span) => RelationSide; turned: boolean }

export const total = (side: RelationSide): number => side.n[0] + side.n[1] + side.n[2] + side.n[3];
export const both = (span: Span): RelationSide => ({
    n: [span.ab.n[0] + span.ba.n[0], span.ab.n[1] + span.ba.n[1], span.ab.n[2] + span.ba.n[2], span.ab.n[3] + span.ba.n[3]],
    intensity: span.ab.intensity + span.ba.intensity,
});

export function panelsOf({ way, a, b }: Pick<Picture, 'way' | 'a' | 'b'>): Panel[] {
    const there: Panel = { title: `${a} → ${b}`, side: (span) => span.ab, turned: false };
    const back: Panel = { title: `${b} → ${a}`, side: (span) => span.ba, turned: true };
    if (way === 'ab') return [there];
    if (way === 'ba') return [back];
    if (way === 'both') return [{ title: `${a} and ${b}, either way`, side: both, turned: false }];
    return [there, back];
}

const small = (width: number): boolean => width < 520;
const panelHeight = (way: Way, width: number): number => (way === 'each' ? (small(width) ? 148 : 172) : small(width) ? 220 : 270);
const meanHeight = (width: number): number => (small(width) ? 74 : 88);
const AXIS = 24;
const TITLE = 24; // of a panel, above its bars
export const heightOf = (way: Way, width: number): number => (way === 'each' ? 2 : 1) * panelHeight(way, width) + meanHeight(width) + AXIS;

/** One path for all bars of a shade: hundreds of periods stay four elements. */
function bars(spans: Span[], side: Panel['side'], x: Frame['x'], y: ScaleLinear<number, number>, from: (n: number[]) => number, to: (n: number[]) => number): string {
    let d = '';
    for (const span of spans) {
        const n = side(span).n;
        const [low, high] = [from(n), to(n)];
        if (low === high) continue;
        const x0 = x(span.begin);
        const wide = x(span.end) - x0;
        const gap = wide > 4 ? 1 : wide > 2 ? 0.5 : 0;
        d += `M${x0.toFixed(1)} ${y(low).toFixed(1)}V${y(high).toFixed(1)}h${Math.max(0.8, wide - gap).toFixed(1)}V${y(low).toFixed(1)}z`;
    }
    return d;
}

/** Deeds stand on the line, where lengths compare best; words lie over them. */
const STACK: [quad: number, from: (n: number[]) => number, to: (n: number[]) => number][] = [
    [2, () => 0, (n) => n[1]!],
    [1, (n) => n[1]!, (n) => n[1]! + n[0]!],
    [4, () => 0, (n) => -n[3]!],
    [3, (n) => -n[3]!, (n) => -n[3]! - n[2]!],
];

export function drawRelation(svg: SVGSVGElement, picture: Picture, width: number): Frame {
    const { spans, domain, way } = picture;
    const left = small(width) ? 32 : 44;
    const right = width - (small(width) ? 4 : 10);
    const panels = panelsOf(picture);
    const tall = panelHeight(way, width);
    const x = scaleUtc(domain, [left, right]);
    let up = 0;
    let down = 0;
    for (const span of spans) {
        for (const { side } of panels) {
            const { n } = side(span);
            up = Math.max(up, n[0] + n[1]);
            down = Math.max(down, n[2] + n[3]);
        }
    }
    const least = Math.max(up, down, 1) * 0.18;
    const bottom = panels.length * tall + meanHeight(width);
    timeGrid(svg, x, bottom);
    panels.forEach((panel, i) => {
        const g = s('g', { transform: `translate(0,${i * tall})` });
        const y = scaleLinear([Math.max(up, least), -Math.max(down, least)], [TITLE + 4, tall - 10]);
        const sum = spans.reduce((n, span) => n + total(panel.side(span)), 0);
        g.append(s('text', { class: 'relation-panel', x: left, y: 13 }, s('tspan', { class: 'relation-strong' }, panel.title), s('tspan', { class: 'relation-quiet', dx: 8 }, number(sum))));
        counts(g, y, left, right);
        for (const [quad, from, to] of STACK) g.append(s('path', { class: `relation-quad-${quad}`, d: bars(spans, panel.side, x, y, from, to) }));
        g.append(s('line', { class: 'relation-base', x1: left, x2: right, y1: y(0), y2: y(0) }));
        const side = '↑ cooperation  ↓ conflict';
        if (i === 0 && left + panel.title.length * 8.5 + 60 + side.length * 6.6 < right) g.append(s('text', { class: 'relation-side', x: right, y: 13, 'text-anchor': 'end' }, side));
        svg.append(g);
    });
    intensity(svg, spans, panels, picture, x, panels.length * tall, meanHeight(width), left, right);
    return { x, left, right, top: TITLE - 4, bottom };
}

function counts(g: SVGGElement, y: ScaleLinear<number, number>, left: number, right: number): void {
    for (const tick of y.ticks(4)) {
        if (!Number.isInteger(tick)) continue;
        if (tick) g.append(s('line', { class: 'relation-grid', x1: left, x2: right, y1: y(tick), y2: y(tick) }));
        g.append(s('text', { class: 'relation-tick', x: left - 6, y: y(tick) + 4, 'text-anchor': 'end' }, number(Math.abs(tick))));
    }
}

/** Mean on the scale from -10 to 10, a line a way; none is drawn over periods in which nothing happened. */
function intensity(svg: SVGSVGElement, spans: Span[], panels: Panel[], { a, b }: Picture, x: Frame['x'], top: number, tall: number, left: number, right: number): void {
    const g = s('g', { transform: `translate(0,${top})` });
    const y = scaleLinear([10, -10], [TITLE, tall - 8]);
    const words = s('text', { class: 'relation-panel', x: left, y: 13 }, s('tspan', { class: 'relation-strong' }, 'Mean intensity'));
    if (panels.length === 2) {
        words.append(s('tspan', { class: 'relation-name-there', dx: 12 }, `— ${a} →`), s('tspan', { class: 'relation-name-back', dx: 10 }, `— ${b} →`));
    }
    g.append(words);
    for (const tick of [10, 0, -10]) {
        g.append(s('line', { class: tick ? 'relation-grid' : 'relation-base', x1: left, x2: right, y1: y(tick), y2: y(tick) }),
            s('text', { class: 'relation-tick', x: left - 6, y: y(tick) + 4, 'text-anchor': 'end' }, tick > 0 ? `+${tick}` : tick < 0 ? `−${-tick}` : '0'));
    }
    for (const panel of panels) {
        const kind = panel.turned ? 'back' : 'there';
        const points = spans.filter((span) => total(panel.side(span)) > 0).map((span) => ({
            begin: span.begin.getTime(), end: span.end.getTime(), x: (x(span.begin) + x(span.end)) / 2, y: y(panel.side(span).intensity / total(panel.side(span))),
        }));
        const runs: (typeof points)[] = [];
        points.forEach((point, i) => {
            if (i && points[i - 1]!.end >= point.begin) runs[runs.length - 1]!.push(point);
            else runs.push([point]);
        });
        const path = line<(typeof points)[number]>((p) => p.x, (p) => p.y);
        g.append(s('path', { class: `relation-mean-${kind}`, d: runs.map((run) => (run.length > 1 ? path(run) ?? '' : '')).join('') }));
        for (const p of points.length <= 60 ? points : runs.filter((run) => run.length === 1).flat()) {
            g.append(s('circle', { class: `relation-dot-${kind}`, cx: p.x.toFixed(1), cy: p.y.toFixed(1), r: points.length > 100 ? 1.3 : points.length > 24 ? 2 : 2.6 }));
        }
    }
    svg.append(g);
}

/** Faint lines through all panels, and their days under them. */
function timeGrid(svg: SVGSVGElement, x: Frame['x'], bottom: number): void {
    for (const tick of timeTicks(x, 8)) {
        const px = x(tick.date);
        svg.append(s('line', { class: 'relation-grid', x1: px, x2: px, y1: TITLE, y2: bottom }), s('text', { class: 'relation-tick', x: tick.x, y: bottom + 16, 'text-anchor': 'middle' }, tick.text));
    }
}
