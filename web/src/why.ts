// SPDX-License-Identifier: Apache-2.0
// Why an event was coded: the tree of its sentence, the frames that were tried, what else was found there.
import './why.css';
import type { Explanation, Mark, Range, Token } from './api';
import { Bytes } from './bytes';
import { days, word } from './format';
import { h, s, type Child } from './ui';

const GAP = 14; // pixels between words
const LEVEL = 15; // pixels of height that an arc has more than those below it

interface Arc { from: number; to: number; label: string; level: number }

/** Arcs from each head to its dependents, as low as may be without one crossing those that lie within it. */
export function arcs(tokens: readonly Token[]): Arc[] {
    const list = tokens.flatMap((t, i) => (t.head >= 0 && t.head < tokens.length && t.head !== i ? [{ from: t.head, to: i, label: t.deprel, level: 0 }] : []));
    list.sort((a, b) => Math.abs(a.from - a.to) - Math.abs(b.from - b.to) || a.to - b.to);
    const height = new Array<number>(tokens.length).fill(0); // over the gap behind each word
    for (const a of list) {
        const left = Math.min(a.from, a.to);
        const right = Math.max(a.from, a.to);
        for (let i = left; i < right; i++) a.level = Math.max(a.level, height[i]!);
        a.level++;
        for (let i = left; i < right; i++) height[i] = a.level;
    }
    return list;
}

let ruler: CanvasRenderingContext2D | null = null;
function width(text: string, font: string): number {
    ruler ??= document.createElement('canvas').getContext('2d');
    if (!ruler) return text.length * 8;
    ruler.font = font;
    return ruler.measureText(text).width;
}

function tree(tokens: readonly Token[], lit: (range: Range) => string): SVGSVGElement {
    const list = arcs(tokens);
    const top = Math.max(1, ...list.map((a) => a.level)) * LEVEL + 16;
    let x = 6;
    const middle = tokens.map((t) => {
        const w = Math.max(width(t.form, '600 13px sans-serif'), width(t.upos, '10px sans-serif'));
        const at = x + w / 2;
        x += w + GAP;
        return at;
    });
    const svg = s('svg', { class: 'why-tree', width: Math.ceil(x), height: top + 38, viewBox: `0 0 ${Math.ceil(x)} ${top + 38}`, 'aria-hidden': 'true' });
    for (const a of list) {
        const x0 = middle[a.from]! + (a.to > a.from ? 4 : -4);
        const x1 = middle[a.to]!;
        const y = top - a.level * LEVEL;
        const r = Math.min(6, Math.abs(x1 - x0) / 2) * Math.sign(x1 - x0);
        svg.append(s('path', { class: 'why-arc', d: `M${x0},${top}V${y + 6}q0,-6 ${r},-6H${x1 - r}q${r},0 ${r},6V${top - 3}` }),
            s('path', { class: 'why-tip', d: `M${x1 - 3},${top - 6}l3,5l3,-5z` }),
            s('text', { class: 'why-label', x: (x0 + x1) / 2, y: y - 2 }, a.label));
    }
    tokens.forEach((t, i) => svg.append(
        s('text', { class: `why-word ${lit(t.range)}`, x: middle[i]!, y: top + 15 }, t.form, s('title', {}, `${t.lemma}, ${t.upos}`)),
        s('text', { class: 'why-pos', x: middle[i]!, y: top + 29 }, t.upos)));
    return svg;
}

function table(head: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement {
    return h('div', { class: 'why-scroll', tabindex: '0', role: 'region', 'aria-label': head[0] ?? '' }, h('table', { class: 'table why-table' },
        h('thead', {}, h('tr', {}, head.map((x) => h('th', { scope: 'col' }, x)))), h('tbody', {}, rows.map((cells) => h('tr', {}, cells.map((c) => h('td', {}, c)))))));
}

function meaning(m: Mark): string {
    switch (m.kind) {
    case 'actor': return m.actor ? [m.actor.name, m.actor.country, m.actor.sector.join(' '), m.actor.role].filter(Boolean).join(' · ') : '';
    case 'date': return [m.value, m.date && days(m.date)].filter(Boolean).join(' · ');
    case 'place': return m.place ? [m.place.name, m.place.country].filter(Boolean).join(', ') : '';
    default: return m.stance ?? '';
    }
}

const KINDS = { actor: 'Actor', date: 'Day', place: 'Place', claim: 'Attribution' } as const;

export function explanation(x: Explanation): HTMLElement {
    const bytes = new Bytes(x.text);
    const cut = (r: Range): string => bytes.slice(r[0], r[1]);
    const triggers = x.events.map((e) => e.trigger);
    const lit = (r: Range): string => (triggers.some((t) => r[0] >= t[0] && r[1] <= t[1]) ? 'why-lit' : '');
    const fired = x.frames.filter((f) => f.fired);
    const not = x.frames.filter((f) => !f.fired);
    const frame = (f: Explanation['frames'][number]): Child[] => [`“${cut(f.trigger)}”`, word(f.type), h('code', {}, f.frame), f.fired ? 'fired' : f.reason];
    const head = ['Words', 'Type', 'Frame', 'Result'];
    return h('section', { class: 'why', 'aria-label': 'Why' },
        x.events.length > 0 && h('ul', { class: 'why-rules' }, x.events.map((e) => h('li', {},
            h('b', {}, word(e.type)), ` ${[e.source.join(', '), e.target.join(', ')].filter(Boolean).join(' → ')}, ${e.status}: “${cut(e.trigger)}”`,
            h('div', { class: 'muted small' }, e.rule)))),
        h('h3', {}, 'How the sentence was read'),
        h('div', { class: 'why-scroll', tabindex: '0', role: 'region', 'aria-label': 'Dependency tree' }, tree(x.tokens, lit)),
        h('details', {}, h('summary', {}, 'The tree as a table'),
            table(['Word', 'Lemma', 'Part of speech', 'Relation', 'Head'], x.tokens.map((t) => [t.form, t.lemma, t.upos, t.deprel, x.tokens[t.head]?.form ?? '–']))),
        h('h3', {}, 'What was found in it'),
        x.marks.length > 0 ? table(['Words', 'Kind', 'Taken for'], x.marks.map((m) => [`“${cut(m.range)}”`, KINDS[m.kind], meaning(m)])) : h('p', { class: 'muted' }, 'Nothing.'),
        h('h3', {}, 'Frames that were tried'),
        fired.length > 0 ? table(head, fired.map(frame)) : h('p', { class: 'muted' }, 'None fired.'),
        not.length > 0 && h('details', {}, h('summary', {}, `${not.length} more that did not fit`), table(head, not.map(frame))),
        h('p', { class: 'muted small' }, `Read now by chancery ${x.engine.version}, data ${x.engine.data.slice(0, 12)}.`));
}
