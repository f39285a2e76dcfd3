// SPDX-License-Identifier: Apache-2.0
// A dispatch with its events: ?view=reader&dispatch=N, &event=N for the one that is chosen, &show=actor,date … for the layers that are laid over the text.
import './reader.css';
import type { Dispatch, EventFull } from '../api';
import { count, day, days, percent } from '../format';
import { LAYERS, Story, ofRecord, type StoryEvent } from '../story';
import { Slot, h, problem, type Child } from '../ui';
import { verdicts } from '../verdict';
import type { Ctx, View } from '../views';

const BASES = { none: '', given: 'as it was given with the page', stated: 'as the page says', inferred: 'inferred from the text' } as const;

function safeLink(url: string | null): string | null {
    return url && /^https?:\/\//i.test(url) ? url : null;
}

function head(d: Dispatch): Child {
    const link = safeLink(d.url);
    return h('header', { class: 'reader-head' },
        h('p', { class: 'reader-source' }, [d.publisher, d.agency.length > 0 && `wire of ${d.agency.join(', ')}`, d.published && days(d.published)].filter(Boolean).join(' · ') || 'Publisher and day unknown',
            d.published && d.published_basis !== 'given' && h('span', { class: 'muted' }, ` (${BASES[d.published_basis]})`)),
        h('h1', {}, d.title ?? 'Without a title'),
        d.withdrawn_utc && h('p', { class: 'reader-gone' }, 'A later reading of the page no longer finds this story.'),
        link && h('p', { class: 'small' }, h('a', { href: link, rel: 'noreferrer noopener', target: '_blank' }, link)));
}

function links(e: EventFull, all: readonly EventFull[], ctx: Ctx): Child {
    const to = (id: number, what: string): Child => {
        const here = all.find((x) => x.row.id === id);
        const address = here ? ctx.href({ event: id }) : ctx.href({ view: 'timeline', q: `event:${id}` });
        return h('a', { href: address }, here ? `“${here.row.evidence.text.slice(0, 60)}…”` : what);
    };
    const line = (what: string, ids: readonly number[]): Child => ids.length > 0 && h('p', { class: 'small' }, `${what} `, ids.map((id, i) => [i > 0 && ', ', to(id, `event ${id}`)]));
    return [line('Denies', e.denies), line('Denied by', e.denied_by), e.within !== null && line('Part of what is said in', [e.within]),
        e.row.incident !== null && h('p', { class: 'small' }, h('a', { href: ctx.href({ incident: e.row.incident }), 'data-row': `incident-${e.row.incident}` }, 'All tellings of this incident'))];
}

function copies(d: Dispatch, ctx: Ctx): Child {
    return d.copies.length > 0 && h('section', { class: 'reader-copies' }, h('h2', {}, count(d.copies.length, 'other story', 'other stories'), ' of the same wire'),
        h('table', { class: 'table' }, h('thead', {}, h('tr', {}, ['Title', 'Publisher', 'Published', 'Words in common'].map((x) => h('th', { scope: 'col' }, x)))),
            h('tbody', {}, d.copies.map((c) => h('tr', {}, h('td', {}, h('a', { href: ctx.href({ dispatch: c.id, event: null }) }, c.title ?? `dispatch ${c.id}`), c.original && h('span', { class: 'tag' }, 'first on record')),
                h('td', {}, c.publisher ?? ''), h('td', {}, c.published ? day(c.published) : ''), h('td', { class: 'number' }, percent(c.share)))))));
}

export const reader: View = {
    name: 'reader', title: 'Reader', nav: false, filters: false,
    mount(root, ctx) {
        const slot = new Slot(h('div', { class: 'reader' }));
        const marks = new Slot(h('div', {}));
        root.append(slot.root);
        let story: Story | null = null;
        let shown = '';
        const layers = (): Set<string> => new Set((ctx.state.p['show'] ?? '').split(',').filter(Boolean));

        const dress = (): void => {
            if (!story) return;
            story.select(ctx.state.p['event'] ?? null);
            const on = layers();
            story.layers(on);
            for (const box of root.querySelectorAll<HTMLInputElement>('.story-layers input')) box.checked = on.has(box.value);
            // Found by reading the story anew, so asked for only when somebody wants to see them.
            if (on.size && !marks.root.childElementCount) {
                const mine = story;
                void marks.load((signal) => ctx.api.marks(Number(shown), signal), (found) => {
                    mine.mark(found.marks);
                    return h('span', { class: 'hidden' }, 'Marks are laid over the text.');
                });
            }
        };
        const show = (d: Dispatch): HTMLElement => {
            const full = new Map(d.events.map((e) => [String(e.row.id), e]));
            story = new Story(d.text, d.title, d.events.map(ofRecord), [], {
                chosen: (id) => ctx.setState({ event: id }, 'replace'),
                explain: (e: StoryEvent, signal) => ctx.api.explainEvent(Number(e.id), signal),
                more: (e: StoryEvent) => { const x = full.get(e.id)!; return [links(x, d.events, ctx), verdicts(x, ctx)]; },
            });
            marks.put();
            document.title = `${d.title ?? 'Story'} · Chancery`;
            ctx.announce(`${d.title ?? 'Story'}: ${count(d.events.length, 'event')}`);
            return h('article', {}, head(d),
                h('fieldset', { class: 'story-layers' }, h('legend', { class: 'hidden' }, 'Show in the text'), LAYERS.map(([layer, title]) => h('label', {},
                    h('input', { type: 'checkbox', value: layer, onchange: (event: Event) => {
                        const on = layers();
                        if ((event.target as HTMLInputElement).checked) on.add(layer);
                        else on.delete(layer);
                        ctx.setState({ show: [...on].join(',') || null }, 'replace');
                    } }), title)), marks.root),
                story.element, copies(d, ctx));
        };
        const draw = (): void => {
            const id = ctx.state.p['dispatch'] ?? '';
            if (id === shown) return dress();
            shown = id;
            story = null;
            if (!/^[1-9][0-9]{0,15}$/.test(id)) {
                slot.put(problem('No story is chosen', h('span', {}, 'The address wants the number of a dispatch. ', h('a', { href: ctx.href({ view: 'search' }) }, 'Look for one.'))));
                return;
            }
            void slot.load((signal) => ctx.api.dispatch(Number(id), signal), (d) => {
                slot.root.replaceChildren(show(d));
                dress();
            });
        };
        ctx.subscribe(draw);
        draw();
        return () => { slot.stop(); marks.stop(); };
    },
};
