// SPDX-License-Identifier: Apache-2.0
// Parts of the page that need no browser: byte offsets, expressions, days in words, CSV.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT, WEB } from './lib.mjs';

async function load(source) {
    const { buildSync } = createRequire(join(WEB, 'package.json'))('esbuild');
    const { outputFiles } = buildSync({ stdin: { contents: source, resolveDir: join(ROOT, 'web/src'), loader: 'ts' }, bundle: true, format: 'esm', write: false, logLevel: 'error', nodePaths: [join(WEB, 'node_modules')] });
    return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}

export default async function (t) {
    globalThis.document ??= undefined;
    const m = await load("export { Bytes } from './bytes'; export * as x from './expression'; export * as f from './format'; export { csv } from './csv'; export * as state from './state';");

    // Offsets, against what the platform's own encoder says.
    const encoder = new TextEncoder();
    for (const text of ['', 'plain', 'Łódź — “Ünï”', '🇮🇷 said 🙂 on', `${'aé€🙂'.repeat(500)}x`, '\ud800 lone', '\u0000\u007f\u0080\u07ff\u0800\uffff']) {
        const bytes = new m.Bytes(text);
        let wrong = bytes.length === encoder.encode(text).length ? 0 : 1;
        for (let i = 0, at = 0; i < text.length;) {
            const c = String.fromCodePoint(text.codePointAt(i));
            const n = encoder.encode(c).length;
            for (let k = 0; k < n; k++) if (bytes.index(at + k) !== i) wrong++;
            if (bytes.byte(i) !== at) wrong++;
            at += n;
            i += c.length;
        }
        if (bytes.index(1e9) !== text.length || bytes.index(-1) !== 0 || bytes.byte(1e9) !== bytes.length) wrong++;
        t.equal(wrong, 0, `offsets of ${JSON.stringify(text.slice(0, 20))}`);
    }
    const long = 'Ż'.repeat(2_000_000);
    const begin = Date.now();
    const bytes = new m.Bytes(long);
    for (let i = 0; i < 200_000; i++) bytes.index(i * 19);
    t.ok(Date.now() - begin < 3000, 'four megabytes and 200,000 offsets take no three seconds');

    const { x } = m;
    const steps = (q, ...values) => values.reduce((e, [field, value, not]) => x.toggle(e, field, value, not), q);
    t.equal(steps('', ['type', 'ACCUSE']), 'type:ACCUSE', 'a term');
    t.equal(steps('type:ACCUSE', ['type', 'DEMAND']), 'type:ACCUSE,DEMAND', 'an alternative');
    t.equal(steps('type:ACCUSE,DEMAND from:2022', ['type', 'ACCUSE']), 'type:DEMAND from:2022', 'one alternative out');
    t.equal(steps('actor:IRN', ['actor', 'USA']), 'actor:IRN actor:USA', 'actors both take part');
    t.equal(steps('type:ACCUSE', ['type', 'DEMAND', true]), 'type:ACCUSE -type:DEMAND', 'left out');
    t.equal(steps('', ['publisher', 'A, B "C"']), 'publisher:"A, B C"', 'a value that needs quotation marks');
    t.equal(steps('publisher:"A, B" x', ['publisher', 'A, B']), 'x', 'and out again');
    t.equal(x.setTerms('from:2020 actor:"a b" -to:2021 to:2022', { from: '2021', to: null }), 'actor:"a b" -to:2021 from:2021', 'days are set');
    t.equal(x.parse('"two words" -x:"a b",c  "open').length, 3, 'blanks within quotation marks part nothing');
    t.equal(x.join(x.parse('  "two words"   -x:"a b",c ')), '"two words" -x:"a b",c', 'what is not touched stays as it was');

    const { f } = m;
    const days = (begin_, end) => f.days({ begin: begin_, end });
    t.equal(days('2022-10-26', '2022-10-26'), '26 Oct 2022', 'a day');
    t.equal(days('2022-10-03', '2022-10-05'), '3–5 Oct 2022', 'days of a month');
    t.equal(days('2024-02-01', '2024-02-29'), 'Feb 2024', 'a month of a leap year');
    t.equal(days('2022-01-01', '2022-12-31'), '2022', 'a year');
    t.equal(days('2019-01-01', '2022-12-31'), '2019–2022', 'years');
    t.equal(days('2021-12-30', '2022-01-02'), '30 Dec 2021 – 2 Jan 2022', 'over new year');
    t.equal(f.lastOf('2024-02-01', 'month'), '2024-02-29', 'the last day of a month');
    t.equal(f.after('0099-12-31', 'day'), '0100-01-01', 'days of long ago');

    t.equal(m.csv({ columns: [{ title: 'a' }, { title: 'b' }], rows: [['=1+1', 2], ['say "x", y', null]] }), 'a,b\r\n\'=1+1,2\r\n"say ""x"", y",\r\n', 'CSV');

    const { state } = m;
    for (const address of ['/', '/?q=type:ACCUSE,DEMAND', '/?view=relation&q=from:2022-10&a=IRN&b=UKR', '/?q=%22a+b%22+%C3%A9%26x%3D1']) {
        t.equal(state.href(state.parse(address.slice(address.indexOf('?') + 1 || address.length))), address, `${address} is the address of its state`);
    }
    t.equal(state.href(state.apply(state.parse('?view=timeline&q=x&split=type'), { view: 'map' })), '/?view=map&q=x', 'another view keeps the filter alone');
}
