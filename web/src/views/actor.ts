// SPDX-License-Identifier: Apache-2.0
// One actor: ?view=actor&key=ID. Whom it deals with, its offices by date, its incidents over time and the latest of them.
import './actor.css';
import { max } from 'd3-array';
import { axisBottom, axisLeft } from 'd3-axis';
import { scaleLinear, scaleUtc } from 'd3-scale';
import { select } from 'd3-selection';
import type { Actor, Day, IncidentRow, Timeline } from '../api';
import { Figure, quadColour } from '../chart';
import { after, count, day, days, number, percent, period, QUADS, signed, toDate } from '../format';
import { Pager } from '../list';
import { incidentItem } from '../rows';
import { empty, h, problem, s, Slot, type Child } from '../ui';
import type { Ctx, View } from '../views';

const quote = (key: string): string => (/[\s,"]/.test(key) ? `"${key.replaceAll('"', '')}"` : key);
const MOST = 15; // partners that are shown
const sum = (n: readonly number[]): number => n.reduce((a, b) => a + b, 0);

/** Shares of the quad classes, as long as it is often. */
function bar(quad: readonly number[], most: number): Child {
    const total = sum(quad);
    const scale = scaleLinear([0, most], [0, 100]);
    let x = 0;
    const label = quad.map((n, i) => (n ? `${QUADS[i + 1]!.toLowerCase()} ${percent(n / total)}` : '')).filter(Boolean).join(', ');
    return s('svg', { class: 'actor-bar', viewBox: '0 0 100 10', preserveAspectRatio: 'none', role: 'img', 'aria-label': label || 'no class' },
        quad.map((n, i) => {
            const rect = s('rect', { x, y: 0, width: scale(n), height: 10, fill: quadColour(i + 1) });
            x += scale(n);
            return rect;
        }), s('title', {}, label));
}

function tenure(begin: Day | null, end: Day | null): string {
    if (!begin && !end) return '';
    return begin ? `${day(begin)} – ${end ? day(end) : ''}`.trim() : `until ${day(end!)}`;
}

function offices(a: Actor): Child {
    return a.offices.length > 0 && h('section', { class: 'actor-scroll', tabindex: 0, 'aria-label': 'Offices' }, h('h2', {}, 'Offices'), h('table', { class: 'table' },
        h('thead', {}, h('tr', {}, ['Office', 'State', 'Sector', 'From – to'].map((x) => h('th', { scope: 'col' }, x)))),
        h('tbody', {}, a.offices.map((o) => h('tr', {}, h('td', {}, o.role), h('td', {}, o.country), h('td', {}, o.sector.join(' ')), h('td', { class: 'actor-tenure' }, tenure(o.begin, o.end)))))));
}

function partners(a: Actor, ctx: Ctx): Child {
    const most = Math.max(1, ...a.partners.map((p) => p.n));
    return a.partners.length > 0 && h('section', {}, h('h2', {}, 'Deals with most'), h('table', { class: 'table' },
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Whom'), h('th', { scope: 'col' }, 'How'), h('th', { scope: 'col', class: 'number' }, 'Events'),
            h('th', { scope: 'col', class: 'number', title: 'mean, from −10 (conflict) to +10 (cooperation)' }, 'Intensity'))),
        h('tbody', {}, a.partners.slice(0, MOST).map((p) => h('tr', {},
            h('td', {}, p.actor.id ? h('a', { href: ctx.href({ view: 'relation', a: a.id, b: p.actor.id }) }, p.actor.name) : p.actor.name),
            h('td', { class: 'actor-how' }, bar(p.quad, most)), h('td', { class: 'number' }, number(p.n)), h('td', { class: 'number' }, signed(p.intensity)))))));
}

function head(a: Actor, ctx: Ctx): HTMLElement {
    document.title = `${a.name} · Chancery`;
    const of = `actor:${quote(a.id)}`;
    const to = (view: string, q: string, what: string): HTMLElement => h('a', { href: ctx.href({ view, q }) }, what);
    return h('div', {}, h('header', { class: 'actor-head' }, h('h1', {}, a.name),
        h('p', { class: 'muted' }, [a.kind, a.country !== a.id && a.country, count(a.n_events, 'event'), a.first && a.last && days({ begin: a.first, end: a.last })].filter(Boolean).join(' · ')),
        h('p', { class: 'small actor-links' }, to('timeline', of, 'Timeline'), to('map', of, 'Map'), to('contested', of, 'What is contested'), to('contested', `denier:${quote(a.id)}`, 'What it denies'))),
    h('div', { class: 'actor-halves' }, partners(a, ctx), offices(a)));
}

/** Incidents by period, in the colours of their classes. */
function series(name: string): { figure: Figure; show(t: Timeline): void } {
    let t: Timeline;
    const figure = new Figure({
        name: 'actor', label: `Incidents of ${name} over time`, height: () => 120,
        draw(svg, width, height) {
            const [left, bottom] = [34, height - 20];
            const last = after(t.periods.at(-1)!.begin, t.by);
            const x = scaleUtc([toDate(t.periods[0]!.begin), toDate(last)], [left, width - 2]);
            const y = scaleLinear([0, max(t.periods, (p) => sum(p.n)) ?? 1], [bottom, 6]).nice(3);
            svg.append(s('g', { class: 'axis', transform: `translate(0,${bottom})` }), s('g', { class: 'axis', transform: `translate(${left},0)` }));
            select(svg.children[0] as SVGGElement).call(axisBottom(x).ticks(Math.max(2, width / 110)).tickSizeOuter(0));
            select(svg.children[1] as SVGGElement).call(axisLeft(y).ticks(3).tickFormat((n) => (Number.isInteger(n) ? number(Number(n)) : '')).tickSize(0)).select('.domain').remove();
            for (const p of t.periods) {
                let top = 0;
                const from = x(toDate(p.begin));
                const wide = Math.max(1, x(toDate(after(p.begin, t.by))) - from - 1);
                svg.append(s('g', {}, s('title', {}, `${period(p.begin, t.by)}: ${number(sum(p.n))}`), p.n.map((n, i) => {
                    const rect = n > 0 && s('rect', { x: from, width: wide, y: y(top + n), height: y(top) - y(top + n), fill: quadColour(Number(t.keys[i])) });
                    top += n;
                    return rect;
                })));
            }
        },
        rows: () => ({
            columns: [{ title: t.by }, ...t.keys.map((k) => ({ title: QUADS[Number(k)] ?? k, numeric: true }))], rows: t.periods.map((p) => [p.begin, ...p.n]),
        }),
    });
    return { figure, show: (next) => { t = next; figure.redraw(); } };
}

export const actor: View = {
    name: 'actor', title: 'Actor', nav: false, filters: true,
    mount(root, ctx) {
        const top = new Slot(h('div', {}));
        const time = new Slot(h('div', { class: 'actor-series' }));
        const list = new Pager<IncidentRow>({
            fetch: (cursor, signal) => ctx.api.incidents({ q: asked(), limit: 30, cursor }, signal), row: (row) => incidentItem(ctx, row), into: h('ol', { class: 'items' }),
            nothing: () => empty('No incident', ctx.state.q ? 'The filter leaves none of its incidents.' : 'It takes part in none.'),
        });
        const asked = (): string => `${ctx.state.q} actor:${quote(ctx.state.p['key'] ?? '')}`.trim();
        const title = h('h2', { class: 'actor-latest' }, 'Latest incidents');
        root.append(h('div', { class: 'actor-page' }, top.root, time.root, title, list.root));
        let chart: ReturnType<typeof series> | null = null;
        const draw = (whole: boolean): void => {
            const key = ctx.state.p['key'] ?? '';
            title.hidden = list.root.hidden = !key;
            if (!key) {
                top.put(problem('No actor is chosen', 'The address wants a key: a country’s code (IRN) or the id of a person or body.'));
                time.put();
                return;
            }
            if (whole) void top.load((signal) => ctx.api.actor(key, signal), (a) => head(a, ctx));
            void time.load((signal) => ctx.api.timeline({ q: asked() }, signal), (t) => {
                if (t.periods.length < 2) return h('div', {});
                chart ??= series(key);
                time.root.replaceChildren(chart.figure.root);
                chart.show(t);
                return undefined;
            });
            void list.reload();
        };
        ctx.subscribe((state, before) => {
            if (state.p['key'] !== before.p['key'] || state.q !== before.q) draw(state.p['key'] !== before.p['key']);
        });
        draw(true);
        return () => { top.stop(); time.stop(); list.stop(); chart?.figure.destroy(); };
    },
};
