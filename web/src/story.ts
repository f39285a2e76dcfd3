// SPDX-License-Identifier: Apache-2.0
// A story with what was found in it: the text with its marks, the events beside it, and what is known of the one that is chosen. The reader
// shows it of the record, the paste box of a text that is not kept.
import './story.css';
import type { CodedEvent, EventFull, Explanation, Interval, Mark, Part, Range, Status } from './api';
import { Bytes } from './bytes';
import { dialog } from './dialog';
import { days, names, quadName, signed, word } from './format';
import { statusTag } from './rows';
import { h, Slot, type Child } from './ui';
import { explanation } from './why';

/** What the story needs of an event, wherever it comes from. Ranges are bytes of the story's text. */
export interface StoryEvent {
    id: string; // tells events of one story apart; stands in the address
    type: string; mode: string[]; quad: number; intensity: number; status: Status;
    trigger: Range; sentence: Range; source: Part[]; target: Part[];
    date: Interval | null; dateText: string | null; dateBasis: string | null;
    place: string | null; size: string[];
    claims: { name: string; stance: string; cue: Range; cueText: string; quote: boolean; via: number | null }[];
    frame: string; rule: string; confidence: number | null;
}

export const LAYERS = [['actor', 'Actors'], ['date', 'Days'], ['place', 'Places'], ['claim', 'Attribution']] as const;
export type Layer = (typeof LAYERS)[number][0];

const sizes = (size: Readonly<Record<string, number | null | undefined>>): string[] =>
    Object.entries(size).filter(([, n]) => n).map(([what, n]) => `${n!.toLocaleString('en-GB')} ${what}`);

export function ofRecord(e: EventFull): StoryEvent {
    const { row } = e;
    return {
        id: String(row.id), type: row.type, mode: row.mode, quad: row.quad, intensity: row.intensity, status: row.status, trigger: e.trigger, sentence: e.sentence,
        source: e.source, target: e.target, date: row.date, dateText: e.date_text, dateBasis: row.date?.basis ?? null,
        place: row.place ? row.place.name + (row.place.country ? `, ${row.place.country}` : '') : null, size: sizes(e.size),
        claims: e.claims.map((c) => ({ name: c.voice.name, stance: c.voice.stance, cue: c.cue.range, cueText: c.cue.text, quote: c.quote, via: c.via })),
        frame: e.why.frame, rule: e.why.rule, confidence: row.confidence,
    };
}

/** What `chancery code` prints of an event, so far as it is needed here. Its ranges count in the page. */
interface Printed {
    event: string; mode: string[]; intensity: number; confidence: number | null; why: { frame: string; rule: string }; size: Record<string, number>;
    date: (Interval & { text: string | null; basis: string }) | null; place: { text: string; country: string | null } | null;
    evidence: { begin: number };
    claims: { by: { name: string }; stance: string; cue: { text: string; begin: number; end: number }; quote: boolean; via: number | null }[];
}

export function ofText(e: CodedEvent): StoryEvent {
    const p = e.event as unknown as Printed;
    const shift = p.evidence.begin - e.sentence[0];
    return {
        id: p.event, type: e.type, mode: p.mode, quad: e.quad, intensity: p.intensity, status: e.status, trigger: e.trigger, sentence: e.sentence,
        source: e.source, target: e.target, date: p.date, dateText: p.date?.text ?? null, dateBasis: p.date?.basis ?? null,
        place: p.place ? p.place.text + (p.place.country ? `, ${p.place.country}` : '') : null, size: sizes(p.size),
        claims: p.claims.map((c) => ({
            name: c.by.name, stance: c.stance, cue: [c.cue.begin - shift, c.cue.end - shift], cueText: c.cue.text, quote: c.quote, via: c.via,
        })),
        frame: p.why.frame, rule: p.why.rule, confidence: p.confidence,
    };
}

/** A range of characters and what it is: a class, and the event that it belongs to (-1: none). */
interface Span { begin: number; end: number; is: string; event: number; title?: string }

const sides = { source: 'does it', target: 'it is done to' } as const;

function spansOf(bytes: Bytes, events: readonly StoryEvent[], marks: readonly Mark[]): Span[] {
    const spans: Span[] = [];
    const add = (range: Range | null | undefined, is: string, event: number, title?: string): void => {
        if (!range) return;
        const begin = bytes.index(range[0]);
        const end = bytes.index(range[1]);
        if (end > begin) spans.push(title ? { begin, end, is, event, title } : { begin, end, is, event });
    };
    events.forEach((e, i) => {
        add(e.sentence, 'sentence', i);
        add(e.trigger, `trigger story-quad-${e.quad}`, i);
        for (const p of e.source) add(p.range, 'source', i, `${p.actor.name}: ${sides.source}`);
        for (const p of e.target) add(p.range, 'target', i, `${p.actor.name}: ${sides.target}`);
        for (const c of e.claims) add(c.cue, 'cue', i, `${c.name} ${c.stance}`);
    });
    for (const m of marks) {
        if (m.kind === 'actor') add(m.range, 'layer-actor', -1, m.actor && [m.actor.name, m.actor.country, m.actor.sector.join(' '), m.actor.role].filter(Boolean).join(' · '));
        else if (m.kind === 'date') add(m.range, 'layer-date', -1, days(m.date ?? null));
        else if (m.kind === 'place') add(m.range, 'layer-place', -1, m.place && [m.place.name, m.place.country].filter(Boolean).join(', '));
        else {
            add(m.source, 'layer-claim layer-claim-source', -1, 'who says so');
            add(m.cue, 'layer-claim layer-claim-cue', -1, m.stance);
            add(m.content, 'layer-claim layer-claim-content', -1);
        }
    }
    return spans;
}

/** Paragraphs of the text, each in pieces at every border of a span; what a piece lies under is its class. */
function paragraphs(text: string, spans: readonly Span[], pick: (event: number) => void): { nodes: HTMLElement[]; of: Map<number, [HTMLElement, string][]> } {
    const of = new Map<number, [HTMLElement, string][]>();
    const borders = [...new Set(spans.flatMap((x) => [x.begin, x.end]))].sort((a, b) => a - b);
    const opening = [...spans].sort((a, b) => a.begin - b.begin);
    let under: Span[] = [];
    let next = 0;
    let border = 0;
    const nodes: HTMLElement[] = [];
    for (const m of text.matchAll(/[^\n]+/g)) {
        const p = h('p', {});
        for (let at = m.index, end = at + m[0].length; at < end;) {
            while (border < borders.length && borders[border]! <= at) border++;
            const to = Math.min(end, borders[border] ?? end);
            while (next < opening.length && opening[next]!.begin <= at) under.push(opening[next++]!);
            under = under.filter((x) => x.end > at);
            const piece = text.slice(at, to);
            at = to;
            if (!under.length) {
                p.append(piece);
                continue;
            }
            const triggers = under.filter((x) => x.is.startsWith('trigger')).map((x) => x.event);
            const title = under.map((x) => x.title).filter(Boolean).join('\n');
            const names = { class: [...new Set(under.filter((x) => x.event < 0).map((x) => `story-${x.is.replaceAll(' ', ' story-')}`))].join(' ') || null, title: title || null };
            const node: HTMLElement = h('span', names, piece);
            if (triggers.length && piece.trim()) {
                // Not a <button>: those do not break over lines as words do.
                const go = (): void => pick(triggers[(triggers.indexOf(chosenOf(node)) + 1) % triggers.length]!);
                node.setAttribute('role', 'button');
                node.tabIndex = 0;
                node.addEventListener('click', go);
                node.addEventListener('keydown', (event) => {
                    if (event.key !== 'Enter' && event.key !== ' ') return;
                    event.preventDefault();
                    go();
                });
            }
            if (triggers.length) {
                node.classList.add('story-trigger', under.find((x) => x.is.startsWith('trigger'))!.is.split(' ')[1]!);
                node.dataset['events'] = triggers.join(' ');
            }
            for (const x of under) {
                if (x.event < 0) continue;
                const list = of.get(x.event) ?? [];
                if (!list.length) of.set(x.event, list);
                list.push([node, `story-in-${x.is.split(' ')[0]}`]);
            }
            p.append(node);
        }
        nodes.push(p);
    }
    return { nodes, of };
}

const chosenOf = (node: HTMLElement): number => Number(node.dataset['chosen'] ?? -1);

export interface StoryHooks {
    /** Another event is chosen, null: none. */
    chosen(id: string | null): void;
    explain(event: StoryEvent, signal: AbortSignal): Promise<Explanation>;
    /** What else belongs to an event that is chosen: links, verdicts. */
    more?(event: StoryEvent): Child;
}

export class Story {
    readonly element: HTMLElement;
    private readonly prose = h('div', { class: 'story-prose', lang: 'en' });
    private readonly cards: HTMLElement[];
    private readonly bytes: Bytes;
    private pieces = new Map<number, [HTMLElement, string][]>();
    private current = -1;

    /** `title` stands above already: where the text begins with it, it is not shown twice. */
    constructor(text: string, private readonly title: string | null, readonly events: readonly StoryEvent[], marks: readonly Mark[], private readonly hooks: StoryHooks) {
        this.bytes = new Bytes(text);
        this.cards = events.map((e, i) => this.card(e, i));
        this.element = h('div', { class: 'story' }, this.prose,
            h('aside', { class: 'story-events', 'aria-label': 'Events of this story' },
                events.length ? h('ol', {}, this.cards.map((c) => h('li', {}, c))) : h('p', { class: 'muted' }, 'Nothing in this text was coded as a political event.')));
        this.mark(marks);
    }

    /** Lays other marks over the text. */
    mark(marks: readonly Mark[]): void {
        const { nodes, of } = paragraphs(this.bytes.text, spansOf(this.bytes, this.events, marks), (i) => this.pick(i, false));
        this.pieces = of;
        if (this.title && nodes[0]?.textContent?.trim() === this.title.trim()) nodes[0].classList.toggle('story-repeat', !nodes[0].querySelector('.story-trigger'));
        this.prose.replaceChildren(...nodes);
        if (!nodes.length) this.prose.append(h('p', { class: 'muted' }, 'The text is not on record: it came in without it, or was taken out.'));
        if (this.current >= 0) this.paint(this.current, true);
    }

    layers(on: ReadonlySet<string>): void {
        for (const [layer] of LAYERS) this.prose.classList.toggle(`story-shows-${layer}`, on.has(layer));
    }

    /** Chooses by id; `show` brings it before the eyes. */
    select(id: string | null, show = true): void {
        const i = this.events.findIndex((e) => e.id === id);
        if (i !== this.current) this.go(i);
        if (i >= 0 && show) {
            const words = this.pieces.get(i)?.find(([, is]) => is === 'story-in-trigger')?.[0];
            words?.scrollIntoView({ block: 'center' });
        }
    }

    private pick(i: number, show: boolean): void {
        this.hooks.chosen(this.events[i]?.id ?? null);
        this.select(this.events[i]?.id ?? null, show);
        if (!show && i >= 0) this.cards[i]!.scrollIntoView({ block: 'nearest' });
    }

    private go(i: number): void {
        if (this.current >= 0) {
            this.paint(this.current, false);
            this.fold(this.current, false);
        }
        this.current = i;
        if (i >= 0) {
            this.paint(i, true);
            this.fold(i, true);
        }
    }

    private paint(i: number, on: boolean): void {
        this.prose.classList.toggle('story-chosen', on);
        for (const [node, is] of this.pieces.get(i) ?? []) {
            node.classList.toggle(is, on);
            if (is === 'story-in-trigger') {
                if (on) node.dataset['chosen'] = String(i);
                else delete node.dataset['chosen'];
                if (node.role) node.setAttribute('aria-pressed', String(on));
            }
        }
    }

    private card(e: StoryEvent, i: number): HTMLElement {
        const who = h('span', { class: 'story-who' }, names(e.source.map((p) => p.actor)) || 'somebody',
            e.target.length > 0 && [h('span', { class: 'story-arrow', 'aria-label': 'to' }, ' → '), names(e.target.map((p) => p.actor))]);
        const head = h('button', { type: 'button', class: 'story-head', 'aria-expanded': 'false', onclick: () => this.pick(this.current === i ? -1 : i, true) },
            h('span', { class: `swatch story-swatch-${e.quad}`, title: quadName(e.quad) }),
            h('span', { class: 'story-type' }, word(e.type), e.mode.length > 0 && h('span', { class: 'story-mode' }, ` ${e.mode.join(', ')}`)),
            statusTag(e.status), who,
            h('span', { class: 'story-when' }, [e.date ? days(e.date) : 'no date', e.place].filter(Boolean).join(' · ')));
        return h('article', { class: `story-card story-card-${e.quad}` }, head);
    }

    private fold(i: number, open: boolean): void {
        const card = this.cards[i]!;
        card.classList.toggle('story-card-open', open);
        card.firstElementChild!.setAttribute('aria-expanded', String(open));
        card.querySelector('.story-more')?.remove();
        if (open) card.append(this.details(this.events[i]!));
    }

    private details(e: StoryEvent): HTMLElement {
        const row = (what: string, ...is: Child[]): Child => [h('dt', {}, what), h('dd', {}, ...is)];
        const ask = h('button', { type: 'button', class: 'button', 'aria-haspopup': 'dialog', onclick: () => this.why(e) }, 'Why?');
        const parts = (list: readonly Part[]): Child => list.map((p) => h('div', {}, p.actor.name, p.actor.role && h('span', { class: 'muted' }, `, ${p.actor.role}`),
            h('span', { class: 'muted' }, ` ${[p.actor.country, ...p.actor.sector].filter(Boolean).join(' ')}`), p.text && p.text !== p.actor.name && h('span', { class: 'muted' }, ` “${p.text}”`)));
        return h('div', { class: 'story-more' },
            h('dl', {},
                e.source.length > 0 && row('Who', parts(e.source)),
                e.target.length > 0 && row('To whom', parts(e.target)),
                row('When', e.date ? days(e.date) : 'not known', e.dateText ? h('span', { class: 'muted' }, ` “${e.dateText}”`)
                    : e.date && h('span', { class: 'muted' }, e.dateBasis === 'published' ? ', from the day of publication' : ', from the words around it')),
                e.place && row('Where', e.place),
                e.size.length > 0 && row('Size', e.size.join(', ')),
                row('Says so', e.claims.length > 0 ? h('ol', { class: 'story-voices' }, e.claims.map((c) => h('li', { class: `story-stance-${c.stance}` },
                    h('b', {}, c.name), ` ${c.stance}`, c.cueText && h('span', { class: 'muted' }, ` “${c.cueText}”`), c.quote && h('span', { class: 'muted' }, ', in its own words'),
                    c.via !== null && e.claims[c.via] && h('span', { class: 'muted' }, `, passed on by ${e.claims[c.via]!.name}`))))
                    : h('span', { class: 'muted' }, 'the paper itself')),
                row('Class', `${quadName(e.quad)}, intensity ${signed(e.intensity)}`, e.confidence !== null && `, confidence ${Math.round(e.confidence * 100)} %`)),
            h('p', { class: 'story-actions' }, ask), this.hooks.more?.(e));
    }

    /** A tree is wide: it has a window of its own. */
    private why(e: StoryEvent): void {
        const box = dialog(`Why: ${word(e.type)}`, () => slot.stop());
        const slot = new Slot(h('div', {}));
        box.element.classList.add('story-why');
        box.body.append(h('h2', {}, `Why “${word(e.type)}”?`), slot.root);
        void slot.load((signal) => this.hooks.explain(e, signal), (x) => explanation(x));
    }
}
