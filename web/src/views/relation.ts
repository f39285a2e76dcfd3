// SPDX-License-Identifier: Apache-2.0
// Two actors: what each does to the other over time. Parameters: a, b (a country's code or an actor's id), by, way, unit, at (a period's first
// day, whose rows are listed), span=all (days far from the rest are drawn too).
import type { Day, Period, Relation } from '../api';
import { Figure, quadColour, type Rows } from '../chart';
import { has, quote, setTerms, valueOf } from '../expression';
import { after, count, day, days, lastOf, number, period, quadName, signed, toDate, toDay } from '../format';
import { Slot, empty, h, s } from '../ui';
import type { Ctx, View } from '../views';
import { actorPicker } from './actor-picker';
import { PeriodStrip } from './period-strip';
import { type Frame, type Span, type Way, both, drawRelation, heightOf, panelsOf, total } from './relation-chart';
import './relation.css';
import { RowsList } from './rows-list';
import { dayBefore, dayOf, periodFor, stretchOf, type Stretch } from './span';

const WAYS: readonly Way[] = ['each', 'both', 'ab', 'ba'];
const PERIODS = ['auto', 'day', 'week', 'month', 'quarter', 'year'] as const;
const LISTED = 160; // milliseconds that the cursor rests on a period before its rows are asked for
const CARDS = 12;
const BARS = 60; // of a card
const LEAST = 16; // periods of a chart

interface Wish { a: string; b: string; by: (typeof PERIODS)[number]; way: Way; unit: 'incidents' | 'events'; at: Day | null; all: boolean; q: string }

function wishOf({ state }: Ctx): Wish {
    const { p, q } = state;
    return {
        a: (p.a ?? '').slice(0, 100), b: (p.b ?? '').slice(0, 100), q,
        by: PERIODS.find((x) => x === p.by) ?? 'auto', way: WAYS.find((x) => x === p.way) ?? 'each',
        unit: p.unit === 'events' ? 'events' : 'incidents', at: dayOf(p.at ?? null, false), all: p.span === 'all',
    };
}

/** What passes between the two; `>` keeps ids with a hyphen whole. */
function dyad({ a, b }: Wish, way: Way): string {
    const there = `${a}>${b}`;
    const back = `${b}>${a}`;
    return `dyad:${(way === 'ab' ? [there] : way === 'ba' ? [back] : [there, back]).map(quote).join(',')}`;
}

const between = (q: string, begin: Day, end: Day): string => setTerms(q, { from: begin, to: dayBefore(end) });

interface Answer { data: Relation; stretch: Stretch | null; spans: Span[]; domain: [Date, Date] }

/** The days to draw, the periods for them, and what stands in these. What has no `by` gets the finest that fits, which may take some asking. */
async function ask(ctx: Ctx, wish: Wish, signal: AbortSignal): Promise<Answer> {
    const { a, b, unit, q } = wish;
    const from = dayOf(valueOf(q, 'from'), false);
    const to = dayOf(valueOf(q, 'to'), true);
    const given = from && to && from <= to ? { begin: from, end: after(to, 'day'), before: 0, behind: 0 } : null;
    const asked = (by: Wish['by'], expression: string) => ctx.api.relation({ a, b, unit, q: expression, by }, signal);
    let data = await asked(wish.by === 'auto' && given ? periodFor(given.begin, given.end) : wish.by, q);
    const { total: all, undated } = data;
    let stretch: Stretch | null = given ?? (wish.all || from || to ? wholeOf(data) : stretchOf(counted(data), data.by));
    if (!given && wish.by === 'auto') {
        for (let i = 0; i < 3 && stretch; i++) {
            const finer = periodFor(stretch.begin, stretch.end);
            if (finer === data.by) break;
            data = await asked(finer, between(q, stretch.begin, stretch.end));
            const inside = wholeOf(data);
            if (!inside) break;
            // What overlaps the stretch may begin before it.
            stretch = { ...stretch, begin: inside.begin > stretch.begin ? inside.begin : stretch.begin, end: inside.end < stretch.end ? inside.end : stretch.end };
        }
    }
    if (stretch && !given) stretch = { ...stretch, ...roomy(stretch.begin, stretch.end, data.by) };
    const spans = data.periods.map((p) => ({ begin: toDate(p.begin), end: toDate(after(p.begin, data.by)), ab: p.ab, ba: p.ba }))
        .filter((span) => !stretch || (toDay(span.end) > stretch.begin && toDay(span.begin) < stretch.end));
    const domain: [Date, Date] = stretch ? [toDate(stretch.begin), toDate(stretch.end)] : [new Date(), new Date()];
    // A bar that juts out over an edge of the window is drawn whole.
    if (spans[0] && spans[0].begin < domain[0]) domain[0] = spans[0].begin;
    const last = spans[spans.length - 1];
    if (last && last.end > domain[1]) domain[1] = last.end;
    return { data: { ...data, total: all, undated }, stretch, spans, domain };
}

const counted = (data: Relation) => data.periods.map((p) => ({ begin: p.begin, n: total(p.ab) + total(p.ba) }));
function wholeOf({ periods, by }: Relation): Stretch | null {
    const [first, last] = [periods[0], periods[periods.length - 1]];
    return first && last ? { begin: first.begin, end: after(last.begin, by), before: 0, behind: 0 } : null;
}

/** Not fewer than LEAST periods, so that a single day does not fill the chart. */
function roomy(begin: Day, end: Day, by: Period): { begin: Day; end: Day } {
    let n = 0;
    for (let d = begin; d < end && n < LEAST; d = after(d, by)) n++;
    for (; n < LEAST; n += 2) [begin, end] = [floor(dayBefore(begin), by), after(end, by)];
    return { begin, end };
}

export const relation: View = {
    name: 'relation', title: 'Relation', nav: true, filters: true,
    mount(root, ctx) {
        const page = new RelationPage(ctx);
        root.append(page.root);
        ctx.subscribe(() => page.update());
        page.update();
        return () => page.destroy();
    },
};

class RelationPage {
    readonly root = h('div', { class: 'relation' });
    private readonly title = h('h1', { class: 'hidden' }, 'Two actors');
    private readonly pair = h('div', { class: 'relation-pair' });
    private readonly bar = h('div', { class: 'view-controls no-print' });
    private readonly chartSlot: Slot;
    private readonly chartBox = h('div', { class: 'relation-chart' });
    private readonly note = h('p', { class: 'relation-note' });
    private readonly suggestSlot = new Slot(h('div', {}));
    private readonly figure: Figure;
    private readonly strip: PeriodStrip;
    private readonly list: RowsList;
    private readonly body: HTMLElement;
    private wish: Wish;
    private answer: Answer | null = null;
    private frame: Frame | null = null;
    private asked = '';
    private paired = '';
    private cursor: SVGRectElement | null = null;
    private over = -1; // index of the span under the cursor
    private chosen: [Day, Day] | null = null; // of a selection that is being made; the second day is not of it
    private anchor = -1; // span that a selection by keyboard began at
    private timer = 0;
    private named = new Map<string, string>();

    constructor(private readonly ctx: Ctx) {
        this.wish = wishOf(ctx);
        this.figure = new Figure({
            name: 'relation', label: 'Cooperation and conflict between two actors over time',
            height: (width) => heightOf(this.wish.way, width),
            draw: (svg, width) => this.draw(svg, width),
            rows: () => this.rows(),
        });
        this.strip = new PeriodStrip(ctx, () => dyad(this.wish, 'both'));
        this.list = new RowsList(ctx, 'Rows');
        this.chartBox.append(this.figure.root, this.note);
        this.chartSlot = new Slot(h('div', { class: 'relation-slot' }));
        this.list.root.classList.add('relation-side-list');
        this.body = h('div', { class: 'relation-body' }, h('div', {}, this.chartSlot.root, this.strip.root), this.list.root);
        this.root.append(h('header', { class: 'view-head relation-top' }, this.title, this.pair, this.bar), this.suggestSlot.root, this.body);
        this.listen(this.figure.svg);
        void ctx.values.then(({ countries }) => {
            this.named = new Map(countries.map(({ code, name }) => [code, name]));
            if (!ctx.signal.aborted) this.pickers();
        });
    }

    destroy(): void {
        clearTimeout(this.timer);
        this.figure.destroy();
        this.strip.destroy();
        this.list.destroy();
        this.chartSlot.stop();
        this.suggestSlot.stop();
    }

    update(): void {
        const wish = this.wish = wishOf(this.ctx);
        const ready = wish.a !== '' && wish.b !== '';
        this.suggestSlot.root.hidden = ready;
        this.bar.hidden = this.body.hidden = !ready;
        this.pickers();
        if (!ready) {
            this.asked = '';
            this.suggest();
            return;
        }
        this.controls();
        this.strip.update();
        const key = JSON.stringify([wish.a, wish.b, wish.q, wish.by, wish.unit, wish.all]);
        if (key === this.asked) {
            if (this.answer) { this.figure.redraw(); this.listRows(); }
            return;
        }
        this.asked = key;
        void this.chartSlot.load((signal) => ask(this.ctx, wish, signal), (answer) => {
            this.answer = answer;
            this.over = -1;
            this.chosen = null;
            this.pickers();
            this.controls();
            if (answer.data.total === 0) {
                this.listRows();
                const { q } = this.ctx.state;
                return empty(`Nothing between ${this.name('a')} and ${this.name('b')}`, q ? 'Nothing that the filter lets through.' : 'The record has nothing that one does to the other.',
                    q && h('a', { class: 'button', href: this.ctx.href({ q: null }) }, 'Without the filter'), h('a', { class: 'button', href: this.ctx.href({ a: null, b: null }) }, 'Other pairs'));
            }
            const shown = this.chartBox.parentNode === this.chartSlot.root;
            if (!shown) this.chartSlot.root.replaceChildren(this.chartBox);
            this.figure.svg.setAttribute('aria-label', `${this.name('a')} and ${this.name('b')}: cooperation and conflict by ${answer.data.by}. Arrow keys go from period to period, with Shift they choose a stretch, Enter zooms to it.`);
            this.figure.redraw();
            this.say();
            this.listRows();
            return undefined;
        });
    }

    private name(side: 'a' | 'b'): string {
        const known = this.answer?.data[side];
        const id = this.wish[side];
        if (known && (known.id === id || known.country === id) && known.name) return /^\p{Ll}/u.test(known.name) ? `${known.name} (${known.country})` : known.name;
        return this.named.get(id) || id;
    }

    private pickers(): void {
        const { a, b } = this.wish;
        this.title.textContent = a && b ? `${this.name('a')} and ${this.name('b')}` : 'Two actors';
        this.ctx.setTitle(a && b ? this.title.textContent : 'Relation');
        const key = JSON.stringify([a, b, a && this.name('a'), b && this.name('b')]);
        if (key === this.paired) return;
        const held = this.pair.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.keep : undefined;
        this.paired = key;
        const side = (which: 'a' | 'b') => actorPicker(this.ctx, which === 'a' ? 'Between' : 'and', this.wish[which] ? { id: this.wish[which], name: this.name(which) } : null,
            (id) => this.ctx.setState({ [which]: id, at: null, span: null }));
        const swap = h('button', { type: 'button', class: 'button relation-swap', 'data-keep': 'swap', title: 'Swap sides', disabled: !a && !b, 'aria-label': 'Swap sides', onclick: () => this.swap() }, '⇄');
        this.pair.replaceChildren(side('a'), swap, side('b'));
        if (held) this.pair.querySelector<HTMLElement>(`[data-keep="${held}"]`)?.focus();
    }

    private swap(): void {
        const { a, b, way } = this.wish;
        this.ctx.setState({ a: b, b: a, way: way === 'ab' ? 'ba' : way === 'ba' ? 'ab' : way === 'each' ? null : way });
    }

    private controls(): void {
        const { way, by, unit } = this.wish;
        const held = this.bar.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.keep : undefined;
        const [a, b] = [this.name('a'), this.name('b')];
        const words: Record<Way, string> = { each: 'Each way', both: 'Together', ab: `${a} →`, ba: `${b} →` };
        const option = (value: string, text: string, now: string) => h('option', { value, selected: value === now }, text);
        this.bar.replaceChildren(
            h('div', { class: 'choice', role: 'group', 'aria-label': 'Direction' }, WAYS.map((x) => h('button', {
                type: 'button', 'data-keep': x, 'aria-pressed': String(x === way), onclick: () => this.ctx.setState({ way: x === 'each' ? null : x }),
            }, words[x]))),
            h('label', {}, h('span', { class: 'hidden' }, 'Length of a period'), h('select', { class: 'field', 'data-keep': 'by', onchange: (event: Event) => {
                const to = (event.target as HTMLSelectElement).value;
                this.ctx.setState({ by: to === 'auto' ? null : to, at: null });
            } }, PERIODS.map((x) => option(x, x === 'auto' ? `by ${this.answer && by === 'auto' ? `${this.answer.data.by} (auto)` : 'auto'}` : `by ${x}`, by)))),
            h('div', { class: 'choice', role: 'group', 'aria-label': 'What is counted' }, (['incidents', 'events'] as const).map((x) => h('button', {
                type: 'button', 'data-keep': x, 'aria-pressed': String(x === unit), onclick: () => this.ctx.setState({ unit: x === 'incidents' ? null : x }),
            }, x === 'incidents' ? 'Incidents' : 'Tellings'))));
        if (held) this.bar.querySelector<HTMLElement>(`[data-keep="${held}"]`)?.focus();
        const legend = h('div', { class: 'legend', role: 'group', 'aria-label': 'Only this class' }, [2, 1, 3, 4].map((quad) => h('button', {
            type: 'button', class: 'legend-key', 'aria-pressed': String(has(this.ctx.state.q, 'quad', String(quad))), onclick: () => this.ctx.toggle('quad', String(quad)),
        }, h('span', { class: 'swatch', style: { background: quadColour(quad) } }), quadName(quad))));
        const had = this.figure.head.contains(document.activeElement) ? [...this.figure.head.querySelectorAll('button')].indexOf(document.activeElement as HTMLButtonElement) : -1;
        this.figure.head.replaceChildren(legend);
        if (had >= 0) this.figure.head.querySelectorAll('button')[had]?.focus();
    }

    private say(): void {
        const { data, stretch } = this.answer!;
        const parts: (Node | string)[] = [];
        const left = stretch ? stretch.before + stretch.behind : 0;
        if (left) {
            parts.push(`Not drawn: ${[stretch!.before && `${number(stretch!.before)} before ${day(stretch!.begin)}`, stretch!.behind && `${number(stretch!.behind)} after ${day(dayBefore(stretch!.end))}`].filter(Boolean).join(', ')}. `,
                h('a', { href: this.ctx.href({ span: 'all' }) }, 'Draw all'), ' ');
        } else if (this.wish.all) parts.push(h('a', { href: this.ctx.href({ span: null }) }, 'Draw where most of it lies'), ' ');
        if (data.undated) parts.push(`${count(data.undated, data.unit === 'events' ? 'telling' : 'incident')} without a date ${data.undated === 1 ? 'is' : 'are'} not drawn.`);
        this.note.replaceChildren(...parts);
        this.note.hidden = parts.length === 0;
    }

    private draw(svg: SVGSVGElement, width: number): void {
        if (!this.answer) return;
        const { spans, domain, data } = this.answer;
        this.frame = drawRelation(svg, { spans, domain, way: this.wish.way, a: this.name('a'), b: this.name('b'), by: data.by }, width);
        this.cursor = s('rect', { class: 'relation-cursor no-export', y: this.frame.top, height: this.frame.bottom - this.frame.top, visibility: 'hidden' });
        svg.append(this.cursor);
        svg.setAttribute('role', 'slider');
        svg.setAttribute('tabindex', '0');
        svg.setAttribute('aria-valuemin', '0');
        svg.setAttribute('aria-valuemax', String(Math.max(0, spans.length - 1)));
        this.mark();
    }

    /** The band of the cursor, of the selection, or of the period whose rows are listed. */
    private mark(): void {
        const { cursor, frame } = this;
        const spans = this.answer?.spans;
        if (!cursor || !frame || !spans) return;
        const pinned = spans.findIndex((span) => toDay(span.begin) === this.wish.at);
        const span = spans[this.over >= 0 ? this.over : pinned];
        const now = Math.max(0, this.over >= 0 ? this.over : pinned);
        this.figure.svg.setAttribute('aria-valuenow', String(now));
        this.figure.svg.setAttribute('aria-valuetext', spans[now] ? this.words(spans[now]!) : 'nothing');
        if (!this.chosen && !span) {
            cursor.setAttribute('visibility', 'hidden');
            return;
        }
        const [x0, x1] = (this.chosen ? this.chosen.map(toDate) : [span!.begin, span!.end]).map((date) => Math.max(frame.left, Math.min(frame.right, frame.x(date)))) as [number, number];
        cursor.setAttribute('class', `${this.chosen ? 'relation-chosen' : 'relation-cursor'} no-export`);
        cursor.setAttribute('x', String(x0 - 0.5));
        cursor.setAttribute('width', String(Math.max(3, x1 - x0)));
        cursor.setAttribute('visibility', 'visible');
    }

    private words(span: Span): string {
        const by = this.answer!.data.by;
        return `${period(toDay(span.begin), by)}: ${panelsOf({ way: this.wish.way, a: this.name('a'), b: this.name('b') }).map(({ title, side }) => {
            const { n } = side(span);
            return `${title}: ${n[0] + n[1]} cooperation, ${n[2] + n[3]} conflict`;
        }).join('; ')}`;
    }

    private listen(svg: SVGSVGElement): void {
        let from = -1; // where a drag began, in pixels
        let moved = false;
        const at = (event: PointerEvent): [number, number, number] => {
            const box = svg.getBoundingClientRect();
            const px = event.clientX - box.left;
            return [this.nearest(px), px, event.clientY - box.top];
        };
        svg.addEventListener('pointermove', (event) => {
            const [i, x, y] = at(event);
            if (from >= 0 && this.frame) {
                moved ||= Math.abs(x - from) > 4;
                this.chosen = moved ? this.stretchBetween(from, x) : null;
                this.mark();
                if (this.chosen) this.tipStretch(this.chosen, x, y);
                return;
            }
            this.hover(i, x, y);
        });
        svg.addEventListener('pointerleave', () => {
            if (from >= 0) return;
            this.figure.tooltip.hide();
            this.hoverEnd();
        });
        svg.addEventListener('pointerdown', (event) => {
            if (event.button !== 0 || !this.frame) return;
            const [i, x] = at(event);
            if (x < this.frame.left - 4 || i < 0) return;
            from = x;
            moved = false;
            if (event.pointerType !== 'touch') svg.setPointerCapture(event.pointerId);
        });
        const up = (event: PointerEvent): void => {
            if (from < 0) return;
            const begun = from;
            from = -1;
            this.figure.tooltip.hide();
            if (event.type === 'pointercancel') {
                this.chosen = null;
                this.mark();
            } else if (moved && this.chosen) this.zoom(this.chosen);
            else this.pin(this.nearest(begun));
        };
        svg.addEventListener('pointerup', up);
        svg.addEventListener('pointercancel', up);
        svg.addEventListener('keydown', (event) => this.key(event));
        svg.addEventListener('blur', () => {
            this.chosen = null;
            this.figure.tooltip.hide();
            this.hoverEnd();
        });
    }

    /** The span whose middle is nearest. */
    private nearest(px: number): number {
        if (!this.answer || !this.frame || px < this.frame.left - 12) return -1;
        const date = this.frame.x.invert(px).getTime();
        let best = -1;
        let far = Infinity;
        this.answer.spans.forEach((span, i) => {
            const d = date < span.begin.getTime() ? span.begin.getTime() - date : date >= span.end.getTime() ? date - span.end.getTime() + 1 : 0;
            if (d < far) [best, far] = [i, d];
        });
        return best;
    }

    private hover(i: number, x: number, y: number): void {
        if (i < 0) {
            this.figure.tooltip.hide();
            this.hoverEnd();
            return;
        }
        this.tip(i, x, y);
        if (i === this.over) return;
        this.over = i;
        this.mark();
        clearTimeout(this.timer);
        this.timer = window.setTimeout(() => this.listRows(), LISTED);
    }

    private hoverEnd(): void {
        clearTimeout(this.timer);
        if (this.over < 0 && !this.chosen) return;
        this.over = -1;
        this.mark();
        this.timer = window.setTimeout(() => this.listRows(), LISTED * 3);
    }

    private tip(i: number, x: number, y: number): void {
        const { spans, data } = this.answer!;
        const span = spans[i]!;
        this.figure.tooltip.show(x, y, ...this.tipOf(period(toDay(span.begin), data.by), span));
    }

    /** Whole periods between two points, in their order. */
    private stretchBetween(from: number, to: number): [Day, Day] {
        const { x, left, right } = this.frame!;
        const { by } = this.answer!.data;
        const day = (px: number): Day => toDay(x.invert(Math.max(left, Math.min(right - 1, px))));
        return [floor(day(Math.min(from, to)), by), after(floor(day(Math.max(from, to)), by), by)];
    }

    private tipStretch([begin, end]: [Day, Day], x: number, y: number): void {
        const sum: Span = { begin: toDate(begin), end: toDate(end), ab: { n: [0, 0, 0, 0], intensity: 0 }, ba: { n: [0, 0, 0, 0], intensity: 0 } };
        const spans = this.answer!.spans.filter((span) => toDay(span.begin) >= begin && toDay(span.end) <= end);
        for (const span of spans) {
            for (const side of ['ab', 'ba'] as const) {
                span[side].n.forEach((n, k) => { sum[side].n[k]! += n; });
                sum[side].intensity += span[side].intensity;
            }
        }
        this.figure.tooltip.show(x, y, ...this.tipOf(days({ begin, end: dayBefore(end) }), sum));
    }

    private tipOf(title: string, span: Span): Node[] {
        const { way } = this.wish;
        const sides = way === 'each' ? [span.ab, span.ba] : [way === 'ab' ? span.ab : way === 'ba' ? span.ba : both(span)];
        const heads = way === 'each' ? [`${short(this.wish.a, this.name('a'))} →`, `${short(this.wish.b, this.name('b'))} →`] : [''];
        const line = (name: Node[] | string, cells: string[]) => h('tr', {}, h('th', {}, name), cells.map((cell) => h('td', {}, cell)));
        return [h('b', {}, title.charAt(0).toUpperCase() + title.slice(1)), h('table', { class: 'relation-tip' },
            way === 'each' && h('thead', {}, h('tr', {}, h('th', {}), heads.map((head) => h('th', {}, head)))),
            h('tbody', {}, [1, 0, 2, 3].map((k) => line([h('span', { class: 'swatch', style: { background: quadColour(k + 1) } }), document.createTextNode(` ${quadName(k + 1)}`)], sides.map((side) => number(side.n[k]!)))),
                line('Mean intensity', sides.map((side) => (total(side) ? signed(side.intensity / total(side)) : '–')))))];
    }

    private key(event: KeyboardEvent): void {
        const spans = this.answer?.spans;
        if (!spans?.length || !this.frame) return;
        const pinned = spans.findIndex((span) => toDay(span.begin) === this.wish.at);
        const now = this.over >= 0 ? this.over : pinned;
        const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : event.key === 'PageUp' ? -10 : event.key === 'PageDown' ? 10 : 0;
        if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            if (this.chosen) this.zoom(this.chosen);
            else if (now >= 0) this.pin(now);
            return;
        }
        if (event.key === 'Escape') {
            this.chosen = null;
            this.figure.tooltip.hide();
            this.over = -1;
            if (this.wish.at) this.ctx.setState({ at: null });
            else { this.mark(); this.listRows(); }
            return;
        }
        if (!step && event.key !== 'Home' && event.key !== 'End') return;
        event.preventDefault();
        const to = event.key === 'Home' ? 0 : event.key === 'End' ? spans.length - 1 : now < 0 ? (step > 0 ? 0 : spans.length - 1) : Math.max(0, Math.min(spans.length - 1, now + step));
        if (!event.shiftKey) this.anchor = -1;
        else if (this.anchor < 0) this.anchor = Math.max(0, now);
        const span = spans[to]!;
        const held = spans[this.anchor];
        this.chosen = held ? [toDay(held.begin < span.begin ? held.begin : span.begin), toDay(held.end > span.end ? held.end : span.end)] : null;
        this.over = to;
        this.mark();
        const x = (this.frame.x(span.begin) + this.frame.x(span.end)) / 2;
        if (this.chosen) this.tipStretch(this.chosen, x, 60);
        else this.tip(to, x, 60);
        clearTimeout(this.timer);
        this.timer = window.setTimeout(() => this.listRows(), LISTED);
    }

    private pin(i: number): void {
        const begin = toDay(this.answer!.spans[i]!.begin);
        this.ctx.setState({ at: begin === this.wish.at ? null : begin }, 'replace');
    }

    private zoom([begin, behind]: [Day, Day]): void {
        const end = dayBefore(behind);
        this.anchor = -1;
        this.chosen = null;
        this.ctx.setState({ q: setTerms(this.ctx.state.q, { from: begin, to: end }), at: null, span: null });
        this.ctx.announce(`Zoomed to ${days({ begin, end })}`);
    }

    private listRows(): void {
        const { answer, wish } = this;
        if (!answer) return;
        const q = `${wish.q} ${dyad(wish, wish.way)}`.trim();
        const spans = answer.spans;
        const pinned = spans.findIndex((span) => toDay(span.begin) === wish.at);
        const i = this.over >= 0 ? this.over : pinned;
        const span = spans[i];
        if (!span) {
            this.list.show('All between the two', q, wish.unit);
            return;
        }
        const begin = toDay(span.begin);
        const name = period(begin, answer.data.by);
        this.list.show(name.charAt(0).toUpperCase() + name.slice(1), setTerms(q, { from: begin, to: lastOf(begin, answer.data.by) }), wish.unit);
    }

    private rows(): Rows {
        const [a, b] = [this.name('a'), this.name('b')];
        const quads = [1, 2, 3, 4].map((quad) => ({ title: quadName(quad), numeric: true }));
        const by = this.answer?.data.by ?? 'day';
        return {
            columns: [{ title: by.charAt(0).toUpperCase() + by.slice(1) }, { title: 'From' }, { title: 'To' }, ...quads, { title: 'Mean intensity', numeric: true }],
            rows: (this.answer?.spans ?? []).flatMap((span) => ([[span.ab, a, b], [span.ba, b, a]] as const).filter(([side]) => total(side) > 0).map(([side, from, to]) =>
                [toDay(span.begin), from, to, ...side.n, Math.round(100 * side.intensity / total(side)) / 100])),
        };
    }

    private suggest(): void {
        const { ctx } = this;
        const { q } = ctx.state;
        const { a, b, unit } = this.wish;
        const one = a || b;
        const narrowed = one ? `${q} actor:${quote(one)}`.trim() : q;
        const key = `suggest ${narrowed} ${unit}`;
        if (key === this.asked) return;
        this.asked = key;
        void this.suggestSlot.load((signal) => Promise.all([busiest(ctx, narrowed, unit, one, signal), ctx.api.timeline({ q: narrowed, unit }, signal)]), ([pairs, timeline]) => {
            if (pairs.length === 0) {
                return empty('No pairs here', q ? 'Nothing that the filter lets through has two sides.' : 'The record has no event with two sides.', q && h('a', { class: 'button', href: ctx.href({ q: null }) }, 'Without the filter'));
            }
            const stretch = stretchOf(timeline.periods.map((p) => ({ begin: p.begin, n: p.n.reduce((x, y) => x + y, 0) })), timeline.by);
            return h('div', {}, h('h2', {}, one ? `Whom ${this.name(a ? 'a' : 'b')} deals with most` : 'The busiest pairs'),
                stretch && h('p', { class: 'view-sub' }, `${days({ begin: stretch.begin, end: dayBefore(stretch.end) })}; cooperation above the line, conflict below it`),
                h('ul', { class: 'relation-suggest' }, pairs.map((pair) => {
                    const spark = s('svg', { viewBox: '0 0 240 46', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
                    if (stretch) {
                        void ctx.api.relation({ a: pair.a, b: pair.b, unit, q: between(q, stretch.begin, stretch.end), by: periodFor(stretch.begin, stretch.end, BARS) }, ctx.signal)
                            .then((data) => sparkline(spark, data, stretch), () => { /* a card without a picture */ });
                    }
                    return h('li', {}, h('a', { class: 'relation-card', href: ctx.href({ a: pair.a, b: pair.b }) },
                        h('span', { class: 'relation-card-name' }, pair.name), h('span', { class: 'relation-card-n' }, count(pair.n, unit === 'events' ? 'telling' : 'incident')), spark));
                })));
        });
    }
}

/** The first day of the period that a day is in. */
function floor(d: Day, by: Period): Day {
    switch (by) {
    case 'year': return `${d.slice(0, 4)}-01-01`;
    case 'quarter': return `${d.slice(0, 5)}${String(Math.floor((Number(d.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;
    case 'month': return `${d.slice(0, 7)}-01`;
    case 'week': return toDay(new Date(toDate(d).getTime() - ((toDate(d).getUTCDay() + 6) % 7) * 86_400_000));
    default: return d;
    }
}

const short = (id: string, name: string): string => (name.length <= 14 ? name : id.length <= 5 ? id : `${name.slice(0, 13)}…`);

interface Suggestion { a: string; b: string; name: string; n: number }

/** The pairs with most between them. Where the facets are full of what countries do within themselves, those among the busiest countries. */
async function busiest(ctx: Ctx, q: string, unit: Wish['unit'], one: string, signal: AbortSignal): Promise<Suggestion[]> {
    const facets = await ctx.api.facets({ q, unit, top: 100 }, signal);
    const found = pairsOf(facets.dyad.map(({ value, name, n }) => {
        const [a, b] = value.split('>');
        const [from, to] = name.split(' > ');
        return { a: a ?? '', b: b ?? '', from: from || a || '', to: to || b || '', n };
    }), one);
    if (found.length >= CARDS / 2) return found.slice(0, CARDS);
    const { nodes, links } = await ctx.api.network({ q, unit, nodes: 40 }, signal);
    const names = new Map(nodes.map((node) => [node.id, node.name || node.id]));
    return pairsOf(links.map(({ source, target, n }) => ({ a: source, b: target, from: names.get(source) ?? source, to: names.get(target) ?? target, n })), one).slice(0, CARDS);
}

/** Both ways as one, most first; `one` comes first in its pairs, and stands in all of them. */
function pairsOf(links: readonly { a: string; b: string; from: string; to: string; n: number }[], one: string): Suggestion[] {
    const pairs = new Map<string, Suggestion>();
    for (const { a, b, from, to, n } of links) {
        if (!a || !b || a === b || a === 'UNK' || b === 'UNK' || (one && a !== one && b !== one)) continue;
        const known = pairs.get(`${a}>${b}`) ?? pairs.get(`${b}>${a}`);
        if (known) known.n += n;
        else if (b === one) pairs.set(`${a}>${b}`, { a: b, b: a, name: `${to} – ${from}`, n });
        else pairs.set(`${a}>${b}`, { a, b, name: `${from} – ${to}`, n });
    }
    return [...pairs.values()].sort((x, y) => y.n - x.n);
}

/** A pair, either way, small; all of them on one axis of time. */
function sparkline(svg: SVGSVGElement, data: Relation, { begin, end }: Stretch): void {
    const periods = data.periods.map((p) => ({ begin: p.begin, up: p.ab.n[0] + p.ab.n[1] + p.ba.n[0] + p.ba.n[1], down: p.ab.n[2] + p.ab.n[3] + p.ba.n[2] + p.ba.n[3] }));
    const [t0, t1] = [toDate(begin).getTime(), toDate(end).getTime()];
    const x = (d: Day): number => (240 * (toDate(d).getTime() - t0)) / (t1 - t0);
    const up = Math.max(1, ...periods.map((p) => p.up));
    const down = Math.max(1, ...periods.map((p) => p.down));
    const scale = 44 / (up + down);
    const zero = 1 + up * scale;
    let above = '';
    let below = '';
    for (const p of periods) {
        const x0 = Math.max(0, x(p.begin));
        const wide = Math.min(240, x(after(p.begin, data.by))) - x0 - 0.5;
        if (wide <= 0 || x0 >= 240) continue;
        if (p.up) above += `M${x0.toFixed(1)} ${zero.toFixed(1)}v${(-p.up * scale).toFixed(1)}h${wide.toFixed(1)}V${zero.toFixed(1)}z`;
        if (p.down) below += `M${x0.toFixed(1)} ${zero.toFixed(1)}v${(p.down * scale).toFixed(1)}h${wide.toFixed(1)}V${zero.toFixed(1)}z`;
    }
    svg.append(s('path', { class: 'relation-quad-2', d: above }), s('path', { class: 'relation-quad-4', d: below }), s('line', { class: 'relation-base', x2: 240, y1: zero, y2: zero }));
}
