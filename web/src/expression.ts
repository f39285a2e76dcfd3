// SPDX-License-Identifier: Apache-2.0
// Expressions of `chancery query` (docs/query.md), taken apart and put together. The server is the judge of what is right; here is only what the
// filter bar needs to show terms one by one and to change one of them without touching the others.

export interface Term {
    readonly not: boolean;
    readonly field: string; // '' for words without a field
    readonly values: readonly string[]; // without quotation marks
    readonly raw: string; // as it stands in the expression
}

export const FIELDS = ['actor', 'source', 'target', 'dyad', 'sector', 'type', 'mode', 'context', 'quad', 'status', 'from', 'to', 'place', 'voice', 'denier',
    'publisher', 'agency', 'text', 'contested', 'incident', 'dispatch', 'event'] as const;

/** Terms in their order. Blanks part them, except in quotation marks. */
export function parse(q: string): Term[] {
    const terms: Term[] = [];
    let i = 0;
    while (i < q.length) {
        while (i < q.length && /\s/.test(q[i]!)) i++;
        const begin = i;
        let quoted = false;
        while (i < q.length && (quoted || !/\s/.test(q[i]!))) {
            if (q[i] === '"') quoted = !quoted;
            i++;
        }
        if (i > begin) terms.push(term(q.slice(begin, i)));
    }
    return terms;
}

function term(raw: string): Term {
    const not = raw.length > 1 && raw.startsWith('-');
    const rest = not ? raw.slice(1) : raw;
    const parted = /^([a-z_]+):(.*)$/su.exec(rest);
    const field = parted ? parted[1]! : '';
    return { not, field, values: field ? alternatives(parted![2]!) : [rest.replace(/"/g, '')], raw };
}

function alternatives(text: string): string[] {
    const values: string[] = [];
    let value = '';
    let quoted = false;
    for (const c of text) {
        if (c === '"') quoted = !quoted;
        else if (c === ',' && !quoted) {
            values.push(value);
            value = '';
        } else value += c;
    }
    values.push(value);
    return values;
}

/** A value as it can stand in an expression. Quotation marks have no escape there and become blanks. */
export function quote(value: string): string {
    const clean = value.replace(/"/g, ' ').replace(/\s+/g, ' ').trim();
    return clean === '' || /[\s,:]|^-/.test(clean) ? `"${clean}"` : clean;
}

export const write = (not: boolean, field: string, values: readonly string[]): string =>
    `${not ? '-' : ''}${field ? `${field}:` : ''}${values.map(quote).join(',')}`;

export const join = (terms: readonly Term[]): string => terms.map((t) => t.raw).join(' ');

/** Fields that a thing has one of: a second value is an alternative. Of the rest (actors …) each value is a term of its own, and all must hold. */
const ONE = new Set(['type', 'quad', 'status', 'publisher', 'place', 'dyad', 'agency', 'contested']);

export const has = (q: string, field: string, value: string, not = false): boolean =>
    parse(q).some((t) => t.not === not && t.field === field && t.values.includes(value));

/** Takes the value out where it is there, else puts it in. */
export function toggle(q: string, field: string, value: string, not = false): string {
    const terms = parse(q);
    if (has(q, field, value, not)) {
        return terms.flatMap((t) => {
            if (t.not !== not || t.field !== field || !t.values.includes(value)) return [t.raw];
            const rest = t.values.filter((v) => v !== value);
            return rest.length ? [write(not, field, rest)] : [];
        }).join(' ');
    }
    const at = not || !ONE.has(field) ? -1 : terms.findIndex((t) => !t.not && t.field === field);
    if (at < 0) return [...terms.map((t) => t.raw), write(not, field, [value])].join(' ');
    return terms.map((t, i) => (i === at ? write(false, field, [...t.values, value]) : t.raw)).join(' ');
}

/** Each field to its one value, null to none; terms that turn it round stay. */
export function setTerms(q: string, values: Readonly<Record<string, string | null>>): string {
    const kept = parse(q).filter((t) => t.not || !(t.field in values)).map((t) => t.raw);
    for (const [field, value] of Object.entries(values)) if (value !== null && value !== '') kept.push(write(false, field, [value]));
    return kept.join(' ');
}

/** The value of the first term of a field, or null. */
export const valueOf = (q: string, field: string): string | null => parse(q).find((t) => !t.not && t.field === field)?.values[0] ?? null;
