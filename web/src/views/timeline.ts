// SPDX-License-Identifier: Apache-2.0
// The first view: incidents over time, and the list of them.
//
//     /?view=timeline  by=auto|day|week|month|quarter|year  split=quad|type|status  unit=incidents|events  order=newest|oldest  span=all
//
// The large chart shows the days of the filter (from:, to:). Where it has none, it shows those that nearly all incidents lie within: a story told
// in passing of 1821 would press all the rest into one bar. The strip below it shows the whole, and the window that the large chart is of.
import './timeline.css';
import { bisectRight, max } from 'd3-array';
import { axisBottom, axisLeft } from 'd3-axis';
import { brushX, type D3BrushEvent } from 'd3-brush';
import { scaleLinear, scaleUtc, type ScaleTime } from 'd3-scale';
import { select } from 'd3-selection';
import type { Day, Interval, Order, Period, Timeline, Unit, Values } from '../api';
import { Figure, type Key, keyLine, keysOf, type Rows } from '../chart';
import { has, setTerms, valueOf } from '../expression';
import { after, count, days, lastOf, number, period, toDate, toDay } from '../format';
import { Pager } from '../list';
import { incidentItem } from '../rows';
import { empty, h, s, Slot } from '../ui';
import type { Ctx, View } from '../views';

const MOST = 200; // periods of a chart, unless a person wants more
const STEPS = 100_000; // that the keyboard goes through
const PERIODS = ['auto', 'day', 'week', 'month', 'quarter', 'year'] as const;
const SPLITS = { quad: 'class', type: 'type', status: 'status' } as const;
type Split = keyof typeof SPLITS;

const one = <T extends string>(value: string | undefined, of: readonly T[], otherwise: T): T => (of.includes(value as T) ? value as T : otherwise);

interface Asked { by: Period | 'auto'; split: Split; unit: Unit; order: Order; all: boolean }

const asked = ({ state: { p } }: Ctx): Asked => ({
    by: one(p.by, PERIODS, 'auto'), split: one(p.split, ['quad', 'type', 'status'], 'quad'), unit: one(p.unit, ['incidents', 'events'], 'incidents'),
    order: one(p.order, ['newest', 'oldest'], 'newest'), all: p.span === 'all',
});

/** First and last day of a year, a month or a day. */
function span(text: string): Interval | null {
    const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text);
    if (!parts) return null;
    const [, y, m, d] = parts;
    if (d) return { begin: text, end: text };
    const begin = `${y}-${m ?? '01'}-01`;
    return { begin, end: lastOf(begin, m ? 'month' : 'year') };
}

/** The days of the filter; an end that it leaves open is null. */
const windowOf = (q: string): { begin: Day | null; end: Day | null } =>
    ({ begin: span(valueOf(q, 'from') ?? '')?.begin ?? null, end: span(valueOf(q, 'to') ?? '')?.end ?? null });

const sum = (n: readonly number[]): number => n.reduce((a, b) => a + b, 0);

/** Where all but one in a hundred at either end lie, if that is less than half of the whole. */
function bulk(whole: Timeline): Interval | null {
    const { periods } = whole;
    if (periods.length < 3) return null;
    const total = periods.reduce((n, p) => n + sum(p.n), 0);
    let [low, high, before, behind] = [0, periods.length - 1, 0, 0];
    while (low < high && before + sum(periods[low]!.n) <= total / 100) before += sum(periods[low++]!.n);
    while (high > low && behind + sum(periods[high]!.n) <= total / 100) behind += sum(periods[high--]!.n);
    const begin = periods[low]!.begin;
    const end = lastOf(periods[high]!.begin, whole.by);
    const all = +toDate(lastOf(periods.at(-1)!.begin, whole.by)) - +toDate(periods[0]!.begin);
    return +toDate(end) - +toDate(begin) < all / 2 ? { begin, end } : null;
}

interface Drawn { whole: Timeline; main: Timeline; begin: Day; end: Day; trimmed: boolean; keys: Key[] }

/** The shortest periods of which there are not more than MOST. */
function fitting({ begin, end }: Interval): Period {
    const length = (+toDate(end) - +toDate(begin)) / 86_400_000 + 1;
    return length <= MOST ? 'day' : length <= 7 * MOST ? 'week' : length <= 30 * MOST ? 'month' : length <= 91 * MOST ? 'quarter' : 'year';
}

/** Months are for the strip, and for finding out which days to show; the large chart is asked for at once, and again only if it was guessed wrong. */
async function fetchAll(ctx: Ctx, values: Values, { by, split, unit, all }: Asked, signal: AbortSignal): Promise<Drawn | null> {
    const { q } = ctx.state;
    const bare = setTerms(q, { from: null, to: null });
    const given = windowOf(q);
    const dated = bare !== q;
    // What overlaps the window may begin long before it: the length of a period is chosen here, by the window.
    const known = by !== 'auto' ? by : given.begin && given.end ? fitting({ begin: given.begin, end: given.end }) : null;
    const [months, guess] = await Promise.all([ctx.api.timeline({ q: bare, by: 'month', split, unit }, signal),
        ctx.api.timeline({ q, by: known ?? 'auto', split, unit }, signal)]);
    const first = months.periods[0];
    const last = months.periods.at(-1);
    if (!first || !last) return null;
    const ends = { begin: first.begin, end: lastOf(last.begin, 'month') };
    const middle = all ? null : bulk(months);
    const span = middle ?? ends;
    const begin = given.begin ?? (given.end && given.end < span.begin ? ends.begin : span.begin);
    const end = given.end ?? (given.begin && given.begin > span.end ? ends.end : span.end);
    const shown = { begin, end: end < begin ? begin : end };
    const length = known ?? fitting(shown);
    const main = guess.by === length ? guess : await ctx.api.timeline({ q, by: length, split, unit }, signal);
    const periods = main.periods.filter((p) => p.begin <= shown.end && lastOf(p.begin, main.by) >= shown.begin);
    return {
        whole: months, main: { ...main, periods }, ...shown, trimmed: middle !== null && !dated,
        keys: keysOf(split, main.keys, values).filter((k) => periods.some((p) => p.n[k.at]! > 0)),
    };
}

export const timeline: View = {
    name: 'timeline', title: 'Timeline', nav: true, filters: true,
    mount(root, ctx) {
        const head = h('header', { class: 'view-head' });
        const chart = new Slot(h('div', { class: 'timeline-chart' }), () => h('div', { class: 'timeline-waiting' }));
        const drawing = new Drawing(ctx);
        const list = h('ol', { class: 'items', 'aria-label': 'Incidents' });
        const pager = new Pager({
            fetch: (cursor, signal) => ctx.api.incidents({ q: ctx.state.q, order: asked(ctx).order, cursor, limit: 40 }, signal),
            row: (row) => incidentItem(ctx, row), into: list,
            nothing: () => nothing(ctx),
        });
        const listHead = h('div', { class: 'list-head' });
        root.append(head, chart.root, listHead, pager.root);

        let seen = '';
        let listed = '';
        const draw = (): void => {
            const now = asked(ctx);
            const key = JSON.stringify([ctx.state.q, now.by, now.split, now.unit, now.all]);
            if (key !== seen) {
                seen = key;
                void chart.load(async (signal) => fetchAll(ctx, await ctx.values, now, signal), (drawn) => {
                    head.replaceChildren(...heading(ctx, now, drawn));
                    if (!drawn) return h('div', { class: 'timeline-none' }); // the list says that there is nothing
                    drawing.show(drawn, now);
                    if (chart.root.firstChild === drawing.root) return undefined;
                    return drawing.root;
                });
            }
            const rows = JSON.stringify([ctx.state.q, now.order]);
            if (rows !== listed) {
                listed = rows;
                listHead.replaceChildren(h('h2', {}, 'Incidents'),
                    h('div', { class: 'choice', role: 'group', 'aria-label': 'Order' }, (['newest', 'oldest'] as const).map((o) =>
                        h('button', { type: 'button', 'aria-pressed': String(now.order === o), onclick: () => ctx.setState({ order: o === 'newest' ? null : o }) }, `${o.charAt(0).toUpperCase()}${o.slice(1)} first`))),
                    h('p', { class: 'list-exports no-print' }, 'All events: ', h('a', { href: ctx.api.exportCsv({ q: ctx.state.q }), download: 'chancery-events.csv' }, 'CSV'), ' ',
                        h('a', { href: ctx.api.exportJsonl({ q: ctx.state.q }), download: 'chancery-events.jsonl' }, 'JSON Lines')));
                void pager.reload();
            }
        };
        ctx.subscribe(draw);
        draw();
        return () => {
            chart.stop();
            pager.stop();
            drawing.destroy();
        };
    },
};

function nothing(ctx: Ctx): HTMLElement {
    if (ctx.about.n_events === 0) {
        return empty('The record is empty', ['Put news into it with ', h('code', {}, `chancery add ${ctx.about.record} FILE…`), ', or see first what is made of a text.'],
            h('a', { class: 'button', href: ctx.href({ view: 'paste', q: '' }) }, 'Paste a text'));
    }
    return empty('Nothing found', 'No incident fits the filter.', h('button', { type: 'button', class: 'button', onclick: () => ctx.setState({ q: '' }) }, 'Clear the filter'));
}

function heading(ctx: Ctx, now: Asked, drawn: Drawn | null): Node[] {
    const title = h('h1', {}, now.unit === 'events' ? 'Tellings over time' : 'Incidents over time');
    const choice = <T extends string>(label: string, name: string, chosen: T, of: readonly (readonly [T, string])[], usual: T): HTMLElement =>
        h('div', { class: 'choice', role: 'group', 'aria-label': label }, of.map(([value, text]) => h('button', {
            type: 'button', 'aria-pressed': String(chosen === value), onclick: () => ctx.setState({ [name]: value === usual ? null : value }),
        }, text)));
    const controls = h('div', { class: 'view-controls no-print' },
        choice('Colour by', 'split', now.split, [['quad', 'Class'], ['type', 'Type'], ['status', 'Status']], 'quad'),
        choice('Count', 'unit', now.unit, [['incidents', 'Incidents'], ['events', 'Tellings']], 'incidents'),
        h('label', { class: 'select' }, h('span', { class: 'hidden' }, 'Length of a period'),
            h('select', { class: 'field', onchange: (e: Event) => ctx.setState({ by: (e.target as HTMLSelectElement).value === 'auto' ? null : (e.target as HTMLSelectElement).value }) },
                PERIODS.map((p) => h('option', { value: p, selected: p === now.by }, p === 'auto' ? 'by auto' : `by ${p}`)))));
    if (!drawn) return [h('div', {}, title), controls];
    const { main } = drawn;
    return [h('div', {}, title, h('p', { class: 'view-sub' }, `${days({ begin: drawn.begin, end: drawn.end })}, by ${main.by}`)), controls];
}

const MARGIN = { top: 10, right: 6, bottom: 24, left: 44 };

/** The large chart, the strip under it, the legend. */
class Drawing {
    readonly root: HTMLElement;
    private readonly figure: Figure;
    private readonly strip: SVGSVGElement;
    private readonly stripBox: HTMLElement;
    private readonly legend = h('div', { class: 'legend timeline-legend', role: 'group', 'aria-label': 'Legend: choose to filter' });
    private readonly note = h('p', { class: 'timeline-note small muted' });
    private readonly hand: HTMLElement;
    private readonly selection = h('div', { class: 'timeline-selection', hidden: true });
    private readonly out: HTMLElement;
    private drawn: Drawn | null = null;
    private now: Asked | null = null;
    private x: ScaleTime<number, number> = scaleUtc();
    private steps: Day[] = []; // begin of every period in the picture, also of those without anything
    private counts = new Map<Day, number[]>();
    private at = -1; // step under the keyboard or the pointer
    private anchor = -1; // step at which a selection began

    constructor(private readonly ctx: Ctx) {
        this.figure = new Figure({
            name: 'timeline', label: 'Counts over time', height: (width) => (width < 500 ? 200 : 280),
            draw: (svg, width, height) => this.paint(svg, width, height), rows: () => this.rows(),
        });
        this.hand = h('div', {
            class: 'timeline-hand', tabindex: 0, role: 'slider', 'aria-label': 'Period. Arrow keys move, with Shift they select; Enter zooms in, Escape out.',
            'aria-valuemin': 0, 'aria-valuemax': 0, 'aria-valuenow': 0, 'aria-valuetext': '',
            onkeydown: (e: KeyboardEvent) => this.key(e), onfocus: () => this.hand.matches(':focus-visible') && this.move(this.at < 0 ? this.steps.length - 1 : this.at),
            onblur: () => this.leave(),
            onpointermove: (e: PointerEvent) => this.pointer(e), onpointerleave: () => this.anchor < 0 && this.leave(),
            onpointerdown: (e: PointerEvent) => this.down(e), onpointerup: (e: PointerEvent) => this.up(e), onpointercancel: () => this.leave(),
        });
        this.figure.plot.append(this.selection, this.hand);
        this.out = h('div', { class: 'timeline-out no-print' });
        this.figure.head.append(this.legend, this.out);
        this.strip = s('svg', { class: 'chart timeline-strip', 'aria-hidden': 'true' });
        this.stripBox = h('div', { class: 'timeline-strip-box no-print' }, this.strip);
        this.figure.plot.after(this.stripBox, this.note);
        this.root = this.figure.root;
    }

    show(drawn: Drawn, now: Asked): void {
        this.drawn = drawn;
        this.now = now;
        const { main, begin, end } = drawn;
        this.counts = new Map(main.periods.map((p) => [p.begin, p.n]));
        this.steps = [];
        const known = main.periods.find((p) => p.begin >= begin)?.begin;
        for (let d = startOf(begin, main.by, known); d <= end && this.steps.length < STEPS; d = after(d, main.by)) this.steps.push(d);
        this.at = this.anchor = -1;
        this.selection.hidden = true;
        this.drawLegend();
        this.drawNote();
        const { q } = this.ctx.state;
        const dated = valueOf(q, 'from') !== null || valueOf(q, 'to') !== null;
        this.out.replaceChildren(...(dated ? [
            h('button', { type: 'button', class: 'quiet', onclick: () => this.wider() }, 'Zoom out'),
            h('button', { type: 'button', class: 'quiet', onclick: () => this.ctx.setTerms({ from: null, to: null }) }, 'All days')] : []));
        this.figure.redraw();
    }

    destroy(): void {
        this.figure.destroy();
    }

    private drawLegend(): void {
        const { keys } = this.drawn!;
        const split = this.now!.split;
        this.legend.replaceChildren(...keys.map((k) => h('button', {
            type: 'button', class: 'legend-key', 'aria-pressed': String(has(this.ctx.state.q, split, k.key)),
            onclick: () => this.ctx.toggle(split, k.key),
        }, h('span', { class: 'swatch', style: { background: k.colour }, 'aria-hidden': 'true' }), k.name)));
    }

    private drawNote(): void {
        const { main, whole, begin, end, trimmed } = this.drawn!;
        const unit = this.now!.unit === 'events' ? 'telling' : 'incident';
        const parts: (string | Node)[] = [];
        if (trimmed) {
            const before = whole.periods.filter((p) => p.begin < begin).reduce((n, p) => n + sum(p.n), 0);
            const behind = whole.periods.filter((p) => p.begin > end).reduce((n, p) => n + sum(p.n), 0);
            const said = [before > 0 ? `${number(before)} before` : '', behind > 0 ? `${number(behind)} after` : ''].filter(Boolean).join(', ');
            parts.push(`${said} ${before + behind === 1 ? 'is' : 'are'} beyond the picture. `, h('button', { type: 'button', class: 'link', onclick: () => this.ctx.setState({ span: 'all' }) }, 'Show all days'), '. ');
        } else if (this.now!.all && bulk(whole) && valueOf(this.ctx.state.q, 'from') === null) {
            parts.push(h('button', { type: 'button', class: 'link', onclick: () => this.ctx.setState({ span: null }) }, 'Leave out the few that lie far apart'), '. ');
        }
        const undated = trimmed ? whole.undated : main.undated;
        if (undated > 0) parts.push(`${count(undated, unit)} without a date.`);
        this.note.replaceChildren(...parts);
    }

    private paint(svg: SVGSVGElement, width: number, height: number): void {
        const { main, begin, end, keys } = this.drawn!;
        this.x = scaleUtc([toDate(this.steps[0] ?? begin), toDate(after(this.steps.at(-1) ?? end, main.by))], [MARGIN.left, width - MARGIN.right]);
        const inside = main.periods;
        const most = max(inside, (p) => keys.reduce((n, k) => n + p.n[k.at]!, 0)) ?? 1;
        const y = scaleLinear([0, Math.max(most, 4)], [height - MARGIN.bottom, MARGIN.top]).nice(5);
        const ticks = Math.max(3, Math.floor(height / 55));
        select(svg).append('g').attr('class', 'grid').attr('transform', `translate(${MARGIN.left},0)`)
            .call(axisLeft(y).ticks(ticks).tickSize(-(width - MARGIN.left - MARGIN.right)).tickFormat(() => ''));
        const base = inside.map(() => 0);
        for (const { at, colour } of keys) {
            let path = '';
            inside.forEach((p, i) => {
                const n = p.n[at]!;
                if (n === 0) return;
                const left = this.x(toDate(p.begin));
                const wide = Math.max(this.x(toDate(after(p.begin, main.by))) - left, 0.5);
                const gap = wide > 6 ? 1 : wide > 2.5 ? 0.5 : 0;
                const [low, high] = [y(base[i]!), y(base[i]! + n)];
                path += `M${f(left + gap / 2)},${f(low)}V${f(high)}h${f(wide - gap)}V${f(low)}z`;
                base[i]! += n;
            });
            const drawnPath = s('path', { d: path, class: 'timeline-bars' });
            drawnPath.style.fill = colour;
            svg.append(drawnPath);
        }
        select(svg).append('g').attr('class', 'axis').attr('transform', `translate(0,${height - MARGIN.bottom})`)
            .call(axisBottom(this.x).ticks(Math.max(2, Math.floor(width / 95))).tickSizeOuter(0));
        select(svg).append('g').attr('class', 'axis timeline-y').attr('transform', `translate(${MARGIN.left},0)`)
            .call(axisLeft(y).ticks(ticks, ',d').tickSize(0).tickPadding(6)).call((g) => g.select('.domain').remove());
        svg.setAttribute('aria-label', this.label());
        this.hand.style.left = `${MARGIN.left}px`;
        this.hand.style.width = `${width - MARGIN.left - MARGIN.right}px`;
        this.hand.style.height = `${height - MARGIN.bottom}px`;
        this.hand.setAttribute('aria-valuemax', String(Math.max(this.steps.length - 1, 0)));
        this.hand.setAttribute('aria-valuenow', String(Math.max(this.steps.length - 1, 0)));
        this.hand.setAttribute('aria-valuetext', this.label());
        this.paintStrip(width);
    }

    private label(): string {
        const { main, begin, end } = this.drawn!;
        const most = this.steps.reduce((best, d) => (this.total(d) > this.total(best) ? d : best), this.steps[0] ?? begin);
        return `${this.now!.unit === 'events' ? 'Tellings' : 'Incidents'} by ${main.by}, ${days({ begin, end })}; most, ${number(this.total(most))}, in ${period(most, main.by)}.`;
    }

    private total(step: Day): number {
        const n = this.counts.get(step);
        return n ? sum(n) : 0;
    }

    /** The whole, with the window that is shown above. */
    private paintStrip(width: number): void {
        const { whole, begin, end } = this.drawn!;
        const narrow = whole.periods.length < 2 || (!this.drawn!.trimmed && valueOf(this.ctx.state.q, 'from') === null && valueOf(this.ctx.state.q, 'to') === null);
        this.stripBox.hidden = narrow;
        if (narrow) return;
        const height = 46;
        // The strip has the bulk of what there is, and the window in any case.
        const middle = this.now!.all ? null : bulk(whole);
        const first = middle && middle.begin < begin ? middle.begin : middle ? begin : whole.periods[0]!.begin < begin ? whole.periods[0]!.begin : begin;
        const lastWhole = lastOf(whole.periods.at(-1)!.begin, whole.by);
        const last = middle && middle.end > end ? middle.end : middle ? end : lastWhole > end ? lastWhole : end;
        if (first === begin && last === end) {
            this.stripBox.hidden = true;
            return;
        }
        const x = scaleUtc([toDate(first), toDate(after(last, 'day'))], [MARGIN.left, width - MARGIN.right]);
        const inside = whole.periods.filter((p) => lastOf(p.begin, whole.by) >= first && p.begin <= last);
        const y = scaleLinear([0, max(inside, (p) => sum(p.n)) ?? 1], [height - 16, 2]);
        let path = '';
        for (const p of inside) {
            const left = Math.max(x(toDate(p.begin)), MARGIN.left);
            path += `M${f(left)},${f(y(0))}V${f(y(sum(p.n)))}H${f(Math.max(x(toDate(after(p.begin, whole.by))), left + 1))}V${f(y(0))}z`;
        }
        this.strip.setAttribute('viewBox', `0 0 ${width} ${height}`);
        this.strip.setAttribute('width', String(width));
        this.strip.setAttribute('height', String(height));
        this.strip.replaceChildren(s('path', { d: path, class: 'timeline-strip-bars' }));
        const root = select(this.strip);
        root.append('g').attr('class', 'axis').attr('transform', `translate(0,${height - 16})`).call(axisBottom(x).ticks(Math.max(2, Math.floor(width / 110))).tickSize(3).tickPadding(2).tickSizeOuter(0));
        const brush = brushX<unknown>().extent([[MARGIN.left, 0], [width - MARGIN.right, height - 16]]);
        const g = root.append('g').attr('class', 'timeline-brush');
        g.call(brush).call(brush.move, [Math.max(x(toDate(begin)), MARGIN.left), Math.min(x(toDate(after(end, 'day'))), width - MARGIN.right)]);
        brush.on('end', (event: D3BrushEvent<unknown>) => {
            if (!event.sourceEvent) return;
            const picked = event.selection as [number, number] | null;
            if (!picked) return this.ctx.setTerms({ from: null, to: null });
            const from = toDay(x.invert(picked[0] + 0.5));
            const to = toDay(new Date(+x.invert(picked[1]) - 43_200_000));
            this.ctx.setTerms({ from, to: to < from ? from : to });
        });
    }

    private rows(): Rows {
        const { main, keys } = this.drawn!;
        return {
            columns: [{ title: main.by }, ...keys.map((k) => ({ title: k.name, numeric: true })), { title: 'Total', numeric: true }],
            rows: this.steps.filter((d) => this.counts.has(d)).map((d) => [d, ...keys.map((k) => this.counts.get(d)![k.at]!), this.total(d)]),
        };
    }

    private stepAt(event: PointerEvent): number {
        const when = this.x.invert(event.clientX - this.figure.plot.getBoundingClientRect().left);
        return Math.max(0, Math.min(bisectRight(this.steps, toDay(when)) - 1, this.steps.length - 1));
    }

    private pointer(event: PointerEvent): void {
        if (event.pointerType === 'touch' && this.anchor < 0) return;
        this.move(this.stepAt(event));
    }

    private down(event: PointerEvent): void {
        if (event.button !== 0) return;
        this.hand.setPointerCapture(event.pointerId);
        this.anchor = this.stepAt(event);
        this.move(this.anchor);
    }

    private up(event: PointerEvent): void {
        if (this.anchor < 0) return;
        const to = this.stepAt(event);
        if (event.pointerType === 'touch' && to === this.anchor) {
            this.anchor = -1;
            this.move(to); // a tap tells; a drag selects
            return;
        }
        this.take(this.anchor, to);
    }

    private move(to: number): void {
        const { main, keys } = this.drawn!;
        this.at = Math.max(0, Math.min(to, this.steps.length - 1));
        const step = this.steps[this.at];
        if (step === undefined) return;
        const from = this.anchor < 0 ? this.at : this.anchor;
        const [low, high] = [Math.min(from, this.at), Math.max(from, this.at)];
        const left = this.x(toDate(this.steps[low]!));
        const right = this.x(toDate(after(this.steps[high]!, main.by)));
        this.selection.hidden = false;
        this.selection.classList.toggle('timeline-selecting', low !== high);
        this.selection.style.transform = `translateX(${f(left)}px)`;
        this.selection.style.width = `${f(Math.max(right - left, 1))}px`;
        this.selection.style.height = this.hand.style.height;
        const steps = this.steps.slice(low, high + 1);
        const name = low === high ? period(step, main.by) : days({ begin: this.steps[low]!, end: lastOf(this.steps[high]!, main.by) });
        const lines = keys.map((k) => ({ ...k, n: steps.reduce((n, d) => n + (this.counts.get(d)?.[k.at] ?? 0), 0) })).filter((k) => k.n > 0).reverse();
        const total = steps.reduce((n, d) => n + this.total(d), 0);
        this.figure.tooltip.show(this.x(toDate(step)) + (right - left) / 2 * Number(low === high), 60, h('b', {}, name), lines.map((k) => keyLine(k.colour, k.name, k.n)),
            h('div', { class: 'key key-sum' }, h('span', {}, total === 0 ? 'Nothing' : 'Total'), total > 0 && h('span', { class: 'key-n' }, number(total))));
        this.hand.setAttribute('aria-valuenow', String(this.at));
        this.hand.setAttribute('aria-valuetext', `${name}: ${count(total, this.now!.unit === 'events' ? 'telling' : 'incident')}${lines.length ? ` (${lines.map((k) => `${k.name} ${k.n}`).join(', ')})` : ''}`);
    }

    private leave(): void {
        this.anchor = -1;
        this.selection.hidden = true;
        this.figure.tooltip.hide();
    }

    private key(event: KeyboardEvent): void {
        const move = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -1e9, End: 1e9 }[event.key];
        if (move !== undefined) {
            event.preventDefault();
            if (event.shiftKey && this.anchor < 0) this.anchor = Math.max(this.at, 0);
            if (!event.shiftKey) this.anchor = -1;
            this.move(this.at + move);
        } else if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            if (this.at >= 0) this.take(this.anchor < 0 ? this.at : this.anchor, this.at);
        } else if (event.key === 'Escape') {
            if (this.anchor >= 0) {
                this.anchor = -1;
                this.move(this.at);
            } else this.wider();
        }
    }

    private take(a: number, b: number): void {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        this.leave();
        this.ctx.setTerms({ from: this.steps[low]!, to: lastOf(this.steps[high]!, this.drawn!.main.by) });
    }

    /** Three times as many days; all where that is all. */
    private wider(): void {
        const { q } = this.ctx.state;
        if (valueOf(q, 'from') === null && valueOf(q, 'to') === null) return;
        const { begin, end, whole } = this.drawn!;
        const length = Math.max(+toDate(end) - +toDate(begin), 86_400_000);
        const from = toDay(new Date(+toDate(begin) - length));
        const to = toDay(new Date(+toDate(end) + length));
        const middle = this.now!.all ? null : bulk(whole);
        const first = middle?.begin ?? whole.periods[0]?.begin ?? from;
        const last = middle?.end ?? lastOf(whole.periods.at(-1)?.begin ?? to, whole.by);
        if (from <= first && to >= last) this.ctx.setTerms({ from: null, to: null });
        else this.ctx.setTerms({ from: from < first ? first : from, to: to > last ? last : to });
    }
}

const f = (n: number): string => n.toFixed(1);

/** The begin of the period that a day lies in. Weeks begin as those of the answer do. */
function startOf(d: Day, by: Period, known: Day | undefined): Day {
    switch (by) {
    case 'year': return `${d.slice(0, 4)}-01-01`;
    case 'quarter': return `${d.slice(0, 4)}-${String(Math.floor((Number(d.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;
    case 'month': return `${d.slice(0, 7)}-01`;
    case 'week': {
        const date = toDate(d);
        const weekday = known ? toDate(known).getUTCDay() : 1;
        date.setUTCDate(date.getUTCDate() - (date.getUTCDay() - weekday + 7) % 7);
        return toDay(date);
    }
    default: return d;
    }
}
