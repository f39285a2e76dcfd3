// SPDX-License-Identifier: Apache-2.0
// One actor: ?view=actor&id=KEY. Offices by date, whom it deals with, its events over time and the latest of them.
import './actor.css';
import { scaleLinear } from 'd3-scale';
import type { Actor, EventRow, Timeline } from '../api';
import { QUADS, count, day, days, names, number, percent, period, signed, word } from '../format';
import { Slot, empty, h, problem, s, type Child } from '../ui';
import type { Ctx, View } from '../views';

const quote = (key: string): string => (/[\s,"]/.test(key) ? `"${key.replaceAll('"', '')}"` : key);

function bar(quad: readonly number[], most: number): Child {
    const total = quad.reduce((a, b) => a + b, 0);
    const scale = scaleLinear([0, most], [0, 100]);
    let x = 0;
    const label = quad.map((n, i) => (n ? `${QUADS[i + 1]!.toLowerCase()} ${percent(n / total)}` : '')).filter(Boolean).join(', ');
    return s('svg', { class: 'actor-bar', viewBox: '0 0 100 10', preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
        quad.map((n, i) => {
            const w = scale(n);
            const rect = s('rect', { class: `actor-quad-${i + 1}`, x, y: 0, width: w, height: 10 });
            x += w;
            return rect;
        }), s('title', {}, label));
}

function office(o: Actor['offices'][number]): Child {
    const span = o.begin || o.end ? `${o.begin ? day(o.begin) : ''} – ${o.end ? day(o.end) : ''}`.trim() : '';
    return h('tr', {}, h('td', {}, o.role), h('td', {}, o.country), h('td', {}, o.sector.join(' ')), h('td', { class: 'number' }, span));
}

function series(t: Timeline): Child {
    if (t.periods.length < 2) return null;
    const sums = t.periods.map((p) => p.n.reduce((a, b) => a + b, 0));
    const most = Math.max(...sums);
    const first = Date.parse(t.periods[0]!.begin);
    const x = scaleLinear([first, Date.parse(t.periods.at(-1)!.begin)], [0, 590]);
    const y = scaleLinear([0, most], [0, 56]);
    const wide = Math.max(1, Math.min(10, 560 / ((x.domain()[1]! - first) / 86_400_000 / { day: 1, week: 7, month: 30, quarter: 91, year: 365 }[t.by])));
    const quads = t.keys.map(Number);
    return h('figure', { class: 'actor-series' },
        s('svg', { viewBox: '0 0 600 60', preserveAspectRatio: 'none', role: 'img', 'aria-label': `Incidents by ${t.by}, from ${day(t.periods[0]!.begin)} to ${day(t.periods.at(-1)!.begin)}; most in one ${t.by}: ${number(most)}` },
            t.periods.map((p, i) => {
                let top = 60;
                return s('g', {}, s('title', {}, `${period(p.begin, t.by)}: ${number(sums[i]!)}`), p.n.map((n, k) => {
                    const tall = y(n);
                    top -= tall;
                    return n > 0 && s('rect', { class: `actor-quad-${quads[k]}`, x: x(Date.parse(p.begin)), y: top, width: wide, height: tall });
                }));
            })),
        h('figcaption', { class: 'muted small' }, h('span', {}, day(t.periods[0]!.begin)), h('span', {}, `incidents by ${t.by}, at most ${number(most)}`), h('span', {}, day(t.periods.at(-1)!.begin))));
}

function event(e: EventRow, ctx: Ctx): HTMLElement {
    return h('tr', {}, h('td', { class: 'actor-day' }, days(e.date)), h('td', {}, h('span', { class: `swatch actor-swatch-${e.quad}`, title: QUADS[e.quad] ?? '' }), ` ${word(e.type)}`),
        h('td', {}, `${names(e.source) || '–'} → ${names(e.target) || '–'}`), h('td', {}, h('span', { class: 'tag' }, e.status)),
        h('td', {}, h('a', { href: ctx.href({ view: 'reader', dispatch: e.dispatch, event: e.id, q: null }) }, e.evidence.text.length > 140 ? `${e.evidence.text.slice(0, 140)}…` : e.evidence.text || e.title || 'dispatch')));
}

export const actor: View = {
    name: 'actor', title: 'Actor', nav: false, filters: true,
    mount(root, ctx) {
        const head = new Slot(h('div', {}));
        const time = new Slot(h('div', {}));
        const rows = new Slot(h('div', {}));
        const title = h('h2', { hidden: true }, 'Latest events');
        root.append(h('div', { class: 'actor' }, head.root, time.root, title, rows.root));

        const shape = (a: Actor): HTMLElement => {
            const most = Math.max(1, ...a.partners.map((p) => p.n));
            document.title = `${a.name} · Chancery`;
            return h('div', {}, h('header', { class: 'actor-head' }, h('h1', {}, a.name),
                h('p', { class: 'muted' }, [a.kind, a.country !== a.id && a.country, count(a.n_events, 'event'), a.first && a.last && days({ begin: a.first, end: a.last })].filter(Boolean).join(' · ')),
                h('p', { class: 'small actor-links' }, h('a', { href: ctx.href({ view: 'timeline', q: `actor:${quote(a.id)}` }) }, 'Timeline'), h('a', { href: ctx.href({ view: 'map', q: `actor:${quote(a.id)}` }) }, 'Map'),
                    h('a', { href: ctx.href({ view: 'contested', q: `actor:${quote(a.id)}` }) }, 'What is contested'), h('a', { href: ctx.href({ view: 'contested', q: `denier:${quote(a.id)}` }) }, 'What it denies'))),
            h('div', { class: 'actor-halves' },
                a.partners.length > 0 && h('section', {}, h('h2', {}, 'Deals with'), h('table', { class: 'table' },
                    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Whom'), h('th', { scope: 'col' }, 'How'), h('th', { scope: 'col', class: 'number' }, 'Events'), h('th', { scope: 'col', class: 'number', title: 'mean, from −10 (conflict) to +10 (cooperation)' }, 'Intensity'))),
                    h('tbody', {}, a.partners.map((p) => h('tr', {},
                        h('td', {}, p.actor.id ? h('a', { href: ctx.href({ view: 'relation', a: a.id, b: p.actor.id }) }, p.actor.name) : p.actor.name), h('td', { class: 'actor-how' }, bar(p.quad, most)),
                        h('td', { class: 'number' }, number(p.n)), h('td', { class: 'number' }, signed(p.intensity))))))),
                a.offices.length > 0 && h('section', {}, h('h2', {}, 'Offices'), h('table', { class: 'table' },
                    h('thead', {}, h('tr', {}, ['Office', 'State', 'Sector', 'From – to'].map((x) => h('th', { scope: 'col' }, x)))), h('tbody', {}, a.offices.map(office))))));
        };
        const draw = (what: 'all' | 'filter'): void => {
            const id = ctx.state.p['id'] ?? '';
            if (!id) {
                head.put(problem('No actor is chosen', 'The address wants an id: a country’s code (IRN) or that of a person or body.'));
                time.put();
                rows.put();
                return;
            }
            const q = `${ctx.state.q} actor:${quote(id)}`.trim();
            if (what === 'all') void head.load((signal) => ctx.api.actor(id, signal), shape);
            void time.load((signal) => ctx.api.timeline({ q }, signal), (t) => h('div', {}, series(t)));
            void rows.load((signal) => ctx.api.events({ q, limit: 30 }, signal), (page) => {
                title.hidden = false;
                return page.rows.length ? h('div', { class: 'actor-events', tabindex: '0', role: 'region', 'aria-label': 'Latest events' }, h('table', { class: 'table' },
                    h('thead', {}, h('tr', {}, ['Day', 'Type', 'Who → whom', 'Status', 'Words'].map((x) => h('th', { scope: 'col' }, x)))), h('tbody', {}, page.rows.map((e) => event(e, ctx)))),
                page.next && h('p', { class: 'small' }, h('a', { href: ctx.href({ view: 'timeline', q }) }, `All ${number(page.total)}`)))
                    : empty('No event', ctx.state.q ? 'The filter leaves none of its events.' : 'It takes part in none.');
            });
        };
        ctx.subscribe((state, before) => draw(state.p['id'] !== before.p['id'] ? 'all' : 'filter'));
        draw('all');
        return () => { head.stop(); time.stop(); rows.stop(); };
    },
};
