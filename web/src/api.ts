// SPDX-License-Identifier: Apache-2.0
// The server's API, as src/serve/openapi.json describes it. Types have its names; a method has its operationId.
//
// Every method takes an AbortSignal last and rejects with ApiError, or with the signal's AbortError. Answers are kept by the browser under
// their ETag: asking again for what has not changed costs one small round trip.

export type Day = string; // YYYY-MM-DD
export type Interval = { begin: Day; end: Day };
export type Range = [begin: number, end: number]; // bytes of UTF-8, half-open (bytes.ts)
export type Quad = [number, number, number, number]; // counts of quad class 1, 2, 3, 4
export type Status = 'reported' | 'claimed' | 'admitted' | 'denied' | 'disputed' | 'planned' | 'possible' | 'negated';
export type Period = 'day' | 'week' | 'month' | 'quarter' | 'year';
export type Unit = 'incidents' | 'events';
export type Order = 'newest' | 'oldest';

export interface ProblemBody { title: string; status: number; detail: string; term?: string }
export interface ActorRef { id: string | null; name: string; country: string; sector: string[]; role: string | null }
export interface PlaceRef { name: string; country: string | null; lat: number; lon: number }
export interface Voice {
    name: string; kind: 'actor' | 'source'; id: string | null; country: string | null;
    stance: 'asserts' | 'denies' | 'admits' | 'doubts'; n?: number;
}
export interface Evidence { text: string; trigger: Range }
export interface EventRow {
    id: number; key: string; incident: number | null; dispatch: number; title: string | null; publisher: string | null; published: Day | null;
    date: (Interval & { basis: 'text' | 'published' | 'context' }) | null;
    type: string; mode: string[]; context: string[]; quad: number; intensity: number; status: Status;
    source: ActorRef[]; target: ActorRef[]; place: PlaceRef | null; confidence: number | null; contested: boolean; evidence: Evidence;
}
export interface IncidentRow {
    id: number; date: Interval | null; type: string; mode: string[]; quad: number; intensity: number; status: Status;
    source: ActorRef[]; target: ActorRef[]; place: PlaceRef | null;
    n_events: number; n_dispatches: number; n_publishers: number; n_voices: number; contested: boolean;
    first: { event: number; dispatch: number; title: string | null; publisher: string | null; published: Day | null };
    evidence: Evidence;
}
export interface Incident { row: IncidentRow; events: EventRow[]; asserted_by: Voice[]; denied_by: Voice[] }
export interface Claim { voice: Voice; text: string | null; cue: { text: string; range: Range }; quote: boolean; via: number | null }
export interface Verdict {
    verdict: 'right' | 'wrong' | 'changed'; changes: Record<string, unknown>; note: string; judge: string; judged_utc: string; current: boolean;
}
export interface Part { actor: ActorRef; text: string; range: Range }
export interface Engine { version: string; data: string }
export interface EventFull {
    row: EventRow; cameo: string; sentence: Range; trigger: Range; source: Part[]; target: Part[];
    date_text: string | null; place_text: string | null;
    size: { dead: number | null; injured: number | null; arrested: number | null; protesters: number | null };
    claims: Claim[]; denies: number[]; denied_by: number[]; within: number | null; why: { frame: string; rule: string };
    verdicts: Verdict[]; recorded_utc: string; withdrawn_utc: string | null; engine: Engine;
}
export interface Token { form: string; lemma: string; upos: string; deprel: string; head: number; range: Range }
export interface Mark {
    kind: 'actor' | 'date' | 'place' | 'claim'; range: Range; actor?: ActorRef; date?: Interval | null; value?: string; place?: PlaceRef;
    source?: Range | null; cue?: Range | null; content?: Range | null; stance?: string;
}
export interface Explanation {
    text: string; tokens: Token[]; marks: Mark[];
    frames: { frame: string; type: string; trigger: Range; fired: boolean; reason: string }[];
    events: { type: string; frame: string; rule: string; status: string; source: string[]; target: string[]; trigger: Range }[];
    engine: Engine;
}
export interface DispatchRow {
    id: number; title: string | null; publisher: string | null; agency: string[]; published: Interval | null; url: string | null;
    n_events: number; n_copies: number; snippet: { text: string; hit: boolean }[];
}
export interface Dispatch {
    id: number; article: number; title: string | null; url: string | null; publisher: string | null; agency: string[]; dateline: string | null;
    published: Interval | null; published_basis: 'none' | 'given' | 'stated' | 'inferred'; begin: number; text: string;
    withdrawn_utc: string | null; hash: string; events: EventFull[];
    copies: { id: number; title: string | null; publisher: string | null; published: Day | null; share: number; original: boolean }[];
}
export interface CodedEvent {
    event: Record<string, unknown>; sentence: Range; trigger: Range; source: Part[]; target: Part[]; type: string; quad: number; status: Status;
}
export interface Coded {
    notes: string[];
    stories: { title: string | null; text: string; published: Interval | null; published_basis: string; events: CodedEvent[]; marks: Mark[] }[];
    engine: Engine;
}
export interface Actor {
    id: string; name: string; kind: string; country: string; n_events: number; first: Day | null; last: Day | null;
    offices: { role: string; country: string; sector: string[]; begin: Day | null; end: Day | null }[];
    partners: { actor: ActorRef; n: number; quad: Quad; intensity: number }[];
}
export interface About {
    version: string; data: string; codebook: string; record: string; state: string; writable: boolean; token: string | null;
    n_dispatches: number; n_events: number; n_incidents: number; n_actors: number; first: Day | null; last: Day | null;
}
export interface Values {
    types: { name: string; quad: number; definition: string }[];
    modes: { name: string; type: string }[];
    contexts: string[];
    statuses: { name: string; definition: string }[];
    sectors: { name: string; definition: string }[];
    countries: { code: string; name: string }[];
}
export interface Count { value: string; name: string; n: number }
export type FacetName = 'type' | 'quad' | 'status' | 'country' | 'dyad' | 'sector' | 'publisher' | 'place_country';
export type Facets = { total: number; undated: number } & Record<FacetName, Count[]>;
export interface Timeline {
    by: Period; split: string; unit: string; keys: string[]; first: Day | null; last: Day | null; undated: number; total: number;
    periods: { begin: Day; n: number[] }[];
}
export interface RelationSide { n: Quad; intensity: number }
export interface Relation {
    a: ActorRef; b: ActorRef; by: Period; unit: string; undated: number; total: number;
    periods: { begin: Day; ab: RelationSide; ba: RelationSide }[];
}
export interface Network {
    level: 'country' | 'actor'; unit: string; total: number; omitted: number;
    nodes: { id: string; name: string; country: string; n: number; intensity: number }[];
    links: { source: string; target: string; n: number; quad: Quad; intensity: number }[];
}
export interface Places {
    unit: string; total: number; unplaced: number; omitted: number;
    rows: { id: number; name: string; country: string | null; lat: number; lon: number; n: number; quad: Quad }[];
}
export interface ContestedRow {
    incident: IncidentRow; since: Day | null; asserted_by: Voice[]; denied_by: Voice[]; n_for: number; n_against: number;
}
export interface Page<Row> { rows: Row[]; next: string | null; total: number }
export interface ActorList { rows: { id: string; name: string; kind: string; country: string; n: number }[] }
export interface TextIn { text: string; kind?: 'auto' | 'text' | 'html'; title?: string; published?: string }
export interface VerdictIn { event: number; verdict: 'right' | 'wrong' | 'changed'; changes?: Record<string, string>; note?: string; judge?: string }

/** What went wrong with a request. `status` 0: no answer came. `term`: the term of an expression that is wrong. */
export class ApiError extends Error {
    constructor(readonly status: number, readonly title: string, detail: string, readonly term: string | null = null) {
        super(detail);
        this.name = 'ApiError';
    }
}

type Query = Record<string, string | number | undefined | null>;

/** The address of an endpoint with its parameters; those that are empty are left out, so that one question has one address. */
export function address(path: string, query: Query = {}): string {
    const pairs = Object.entries(query).filter(([, v]) => v !== undefined && v !== null && v !== '');
    return pairs.length ? `${path}?${new URLSearchParams(pairs.map(([k, v]) => [k, String(v)]))}` : path;
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
    let response: Response;
    try {
        response = await fetch(path, { credentials: 'same-origin', ...init });
    } catch (error) {
        if (init.signal?.aborted) throw error;
        throw new ApiError(0, 'No answer', 'The server does not answer. Is `chancery serve` still running?');
    }
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok) {
        let body: Partial<ProblemBody> = {};
        if (type.includes('json')) body = await response.json().catch(() => ({})) as Partial<ProblemBody>;
        throw new ApiError(response.status, body.title ?? response.statusText, body.detail ?? `The server answered ${response.status}.`, body.term ?? null);
    }
    try {
        return await response.json() as T;
    } catch (error) {
        if (init.signal?.aborted) throw error;
        throw new ApiError(response.status, 'Not an answer', 'The server broke off its answer.');
    }
}

const get = <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> => ask<T>(address(path, query), { signal: signal ?? null });
const post = <T>(path: string, body: unknown, signal?: AbortSignal, headers: Record<string, string> = {}): Promise<T> =>
    ask<T>(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body), signal: signal ?? null });

type Q = { q?: string };
type Paged = { limit?: number; cursor?: string | null };

export const api = {
    about: (s?: AbortSignal) => get<About>('/api/about', {}, s),
    values: (s?: AbortSignal) => get<Values>('/api/values', {}, s),
    facets: (p: Q & { unit?: Unit; top?: number }, s?: AbortSignal) => get<Facets>('/api/facets', p, s),
    events: (p: Q & Paged & { order?: Order; as_of?: string }, s?: AbortSignal) => get<Page<EventRow>>('/api/events', p, s),
    event: (id: number, s?: AbortSignal) => get<EventFull>(`/api/events/${id}`, {}, s),
    explainEvent: (id: number, s?: AbortSignal) => get<Explanation>(`/api/events/${id}/explain`, {}, s),
    incidents: (p: Q & Paged & { order?: Order }, s?: AbortSignal) => get<Page<IncidentRow>>('/api/incidents', p, s),
    incident: (id: number, s?: AbortSignal) => get<Incident>(`/api/incidents/${id}`, {}, s),
    timeline: (p: Q & { by?: Period | 'auto'; split?: 'quad' | 'type' | 'status'; unit?: Unit }, s?: AbortSignal) => get<Timeline>('/api/timeline', p, s),
    relation: (p: Q & { a: string; b: string; by?: Period | 'auto'; unit?: Unit }, s?: AbortSignal) => get<Relation>('/api/relation', p, s),
    network: (p: Q & { level?: 'country' | 'actor'; nodes?: number; unit?: Unit }, s?: AbortSignal) => get<Network>('/api/network', p, s),
    places: (p: Q & { places?: number; unit?: Unit }, s?: AbortSignal) => get<Places>('/api/places', p, s),
    contested: (p: Q & Paged & { order?: Order }, s?: AbortSignal) => get<Page<ContestedRow>>('/api/contested', p, s),
    dispatches: (p: Q & Paged & { text?: string }, s?: AbortSignal) => get<Page<DispatchRow>>('/api/dispatches', p, s),
    dispatch: (id: number, s?: AbortSignal) => get<Dispatch>(`/api/dispatches/${id}`, {}, s),
    marks: (id: number, s?: AbortSignal) => get<{ marks: Mark[]; engine: Engine }>(`/api/dispatches/${id}/marks`, {}, s),
    actors: (p: { prefix?: string; limit?: number }, s?: AbortSignal) => get<ActorList>('/api/actors', p, s),
    actor: (key: string, s?: AbortSignal) => get<Actor>(`/api/actors/${encodeURIComponent(key)}`, {}, s),
    code: (body: TextIn, s?: AbortSignal) => post<Coded>('/api/code', body, s),
    explainText: (body: TextIn & { at: number; story?: number }, s?: AbortSignal) => post<Explanation>('/api/explain', body, s),
    judge: (body: VerdictIn, token: string, s?: AbortSignal) => post<Verdict>('/api/verdicts', body, s, { 'x-chancery-token': token }),
    /** Addresses to download from. */
    exportCsv: (p: Q) => address('/api/export.csv', p),
    exportJsonl: (p: Q) => address('/api/export.jsonl', p),
};
export type Api = typeof api;
