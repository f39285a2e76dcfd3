// SPDX-License-Identifier: Apache-2.0
// The frame of the page: head, navigation, filter bar, facets, and the view that the address names.
import './base.css';
import './shell.css';
import { type About, api, type Unit, type Values } from './api';
import { setTerms, toggle } from './expression';
import { askFacets, FacetPanel } from './facets';
import { FilterBar } from './filter';
import { followIncident } from './incident';
import { Store, wrong } from './state';
import { onTheme, switchTheme, theme } from './theme';
import { h, icon, problem, problemOf, s, skeleton } from './ui';
import { type Ctx, type View, views } from './views';

const NOTHING: Values = { types: [], modes: [], contexts: [], statuses: [], sectors: [], countries: [] };
const MOON = 'M13.2 9.6A5.7 5.7 0 0 1 6.4 2.8a5.7 5.7 0 1 0 6.8 6.8z';
const SUN = 'M8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6zM8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1';

class Shell {
    private readonly store = new Store();
    private readonly values: Promise<Values> = api.values().catch(() => NOTHING);
    private readonly live = h('div', { class: 'hidden', role: 'status', 'aria-live': 'polite' });
    private readonly links = new Map(views.filter((v) => v.nav).map((v) => [v.name, h('a', {}, v.title)]));
    private readonly main = h('main', { class: 'view', id: 'main', tabindex: -1 });
    private readonly grid = h('div', { class: 'with-facets folded' }, this.main);
    private readonly body = h('div', { class: 'body' }, this.grid);
    private bar: FilterBar | null = null;
    private panel: FacetPanel | null = null;
    private faceted: string | null = null; // q and unit that the facets are of
    private asking: AbortController | null = null;
    private shown: string | null = null;
    private leave: (() => void) | null = null;

    constructor(private readonly app: HTMLElement) {
        const themeButton = h('button', { type: 'button', class: 'quiet theme', onclick: () => void switchTheme() });
        const showTheme = (): void => {
            const dark = theme() === 'dark';
            themeButton.replaceChildren(icon(dark ? SUN : MOON));
            themeButton.setAttribute('aria-label', dark ? 'Light colours' : 'Dark colours');
            themeButton.title = themeButton.getAttribute('aria-label')!;
        };
        onTheme(showTheme);
        showTheme();
        const skip = h('a', { class: 'skip', href: '#main', onclick: (e: Event) => { e.preventDefault(); this.main.focus(); } }, 'To the content');
        this.app.replaceChildren(skip,
            h('header', { class: 'head' }, h('a', { class: 'wordmark', href: '/' }, mark(), 'Chancery'),
                h('nav', { class: 'nav', 'aria-label': 'Views' }, [...this.links.values()]), h('div', { class: 'head-end' }, themeButton)),
            this.body, this.live);
        this.app.addEventListener('click', (e) => this.click(e));
        addEventListener('keydown', (e) => {
            if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
            if ((e.target as Element).closest('input, textarea, select, [contenteditable]') || !this.bar?.root.isConnected) return;
            e.preventDefault();
            this.bar.focus();
        });
        void this.start();
    }

    private async start(): Promise<void> {
        const late = setTimeout(() => this.main.replaceChildren(skeleton(10)), 150);
        try {
            const about = await api.about();
            clearTimeout(late);
            this.begin(about);
        } catch (error) {
            clearTimeout(late);
            this.main.replaceChildren(problemOf(error, () => void this.start()));
        }
    }

    private begin(about: About): void {
        const end = this.app.querySelector('.head-end')!;
        end.prepend(h('span', { class: 'record', title: `${about.record}: ${about.n_dispatches} stories, ${about.n_events} events. Engine ${about.version}` }, about.record));
        this.store.subscribe(() => this.show(about));
        this.show(about);
    }

    private ctx(about: About, signal: AbortSignal, unsubscribe: (() => void)[]): Ctx {
        const { store } = this;
        return {
            get state() { return store.state; },
            api, about, values: this.values, signal,
            setState: (patch, how) => store.set(patch, how),
            href: (patch) => store.href(patch),
            subscribe: (listener) => void unsubscribe.push(store.subscribe(listener)),
            toggle: (field, value) => store.set({ q: toggle(store.state.q, field, value) }),
            setTerms: (terms) => store.set({ q: setTerms(store.state.q, terms) }),
            setTitle: (text) => { document.title = `${text} · Chancery`; },
            announce: (text) => { this.live.textContent = text; },
        };
    }

    /** Draws what of the state the frame shows; the view in it sees to itself. */
    private show(about: About): void {
        const { state } = this.store;
        const view: View | undefined = state.view === '' ? views[0] : views.find((v) => v.name === state.view);
        for (const [name, link] of this.links) {
            link.setAttribute('href', this.store.href({ view: name === views[0]!.name ? '' : name, incident: null }));
            if (view?.name === name) link.setAttribute('aria-current', 'page');
            else link.removeAttribute('aria-current');
        }
        const complaint = wrong(state) ?? (view ? null : `There is no view “${state.view}”.`);
        if (complaint || !view) {
            this.unmount();
            this.filters(about, false);
            document.title = 'Chancery';
            this.main.replaceChildren(problem('This address leads nowhere', complaint), h('p', { class: 'state-actions' }, h('a', { class: 'button', href: '/' }, 'To the timeline')));
            return;
        }
        this.filters(about, view.filters ?? false);
        if (view.name !== this.shown) {
            this.unmount();
            this.shown = view.name;
            document.title = `${view.title} · Chancery`;
            const abort = new AbortController();
            const unsubscribe: (() => void)[] = [];
            const root = h('div', { class: `view-${view.name}` });
            this.main.replaceChildren(root);
            this.links.get(view.name)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
            let cleanup: (() => void) | void;
            try {
                cleanup = view.mount(root, this.ctx(about, abort.signal, unsubscribe));
            } catch (error) {
                root.replaceChildren(problemOf(error));
                console.error(error);
            }
            this.leave = () => {
                abort.abort();
                for (const stop of unsubscribe) stop();
                cleanup?.();
            };
        }
        followIncident(this.ctx(about, new AbortController().signal, []));
    }

    private unmount(): void {
        this.leave?.();
        this.leave = null;
        this.shown = null;
    }

    /** Filter bar and facets about the view, or not. */
    private filters(about: About, on: boolean): void {
        if (!on) {
            this.bar?.root.remove();
            this.panel?.root.remove();
            this.grid.classList.add('folded');
            return;
        }
        if (!this.bar) {
            const ctx = this.ctx(about, new AbortController().signal, []);
            this.bar = new FilterBar(ctx);
            this.panel = new FacetPanel(ctx, (folded) => this.grid.classList.toggle('folded', folded));
        }
        if (!this.bar.root.isConnected) this.grid.before(this.bar.root);
        if (this.panel && !this.panel.root.isConnected) this.grid.prepend(this.panel.root);
        this.grid.classList.toggle('folded', this.panel?.folded ?? false);
        this.bar.show();
        setTimeout(() => void this.count()); // the view asks first: what it shows is what is waited for
    }

    private async count(): Promise<void> {
        const { q, p } = this.store.state;
        const unit: Unit = p.unit === 'events' ? 'events' : 'incidents';
        const key = JSON.stringify([q, unit]);
        if (key === this.faceted || !this.bar?.root.isConnected) return;
        this.faceted = key;
        this.asking?.abort();
        const mine = this.asking = new AbortController();
        try {
            const facets = await askFacets(api, q, unit, mine.signal);
            if (this.asking !== mine) return;
            this.bar.found(facets, unit);
            this.panel?.show(facets);
        } catch (error) {
            if (this.asking !== mine || mine.signal.aborted) return;
            this.faceted = null; // asked again with the next change
            this.bar.found(error, unit);
        }
    }

    /** Links within the page change the state instead of loading it anew. */
    private click(event: MouseEvent): void {
        const link = (event.target as Element).closest('a');
        if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        const to = link.getAttribute('href') ?? '';
        if (!(to === '/' || to.startsWith('/?')) || link.hasAttribute('download') || link.target) return;
        event.preventDefault();
        const before = this.shown;
        this.store.go(to);
        if (this.shown !== before) {
            scrollTo(0, 0);
            this.main.focus({ preventScroll: true });
        }
    }
}

/** Two sides of a matter, and what stands between them. */
function mark(): SVGSVGElement {
    return s('svg', { class: 'wordmark-mark', viewBox: '0 0 24 24', width: 22, height: 22, 'aria-hidden': 'true' },
        s('path', { class: 'wordmark-a', d: 'M10 3.2A9 9 0 0 0 10 20.8z' }), s('path', { class: 'wordmark-b', d: 'M14 3.2A9 9 0 0 1 14 20.8z' }));
}

new Shell(document.getElementById('app')!);
