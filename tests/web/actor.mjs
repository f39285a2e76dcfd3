// SPDX-License-Identifier: Apache-2.0
// One actor: partners, offices, incidents.
export default async function (t) {
    const facets = await (await fetch(`${t.server.origin}/api/facets`)).json();
    const state = facets.country.find((c) => /^[A-Z]{3}$/.test(c.value) && !['IGO', 'NGO', 'MNC', 'ISM', 'UNK'].includes(c.value));
    const page = await t.open(`/?view=actor&key=${state.value}`);
    await t.soon(async () => await page.textContent('.actor-head h1') === state.name, 'its name');
    await t.soon(() => page.$('.actor-halves .actor-bar'), 'whom it deals with');
    await t.soon(() => page.$('.actor-page .item'), 'its incidents');
    await t.shot(page, 'actor');
    await t.axe(page, 'actor');
    await page.click('.actor-halves td a >> nth=0');
    await t.soon(() => page.url().includes('view=relation') && page.url().includes(`a=${state.value}`), 'a partner leads to the two of them');
    await page.goBack();
    const { rows } = await (await fetch(`${t.server.origin}/api/events?limit=500`)).json();
    let person = null;
    for (const id of new Set(rows.flatMap((e) => [...e.source, ...e.target]).map((x) => x.id).filter((x) => x?.includes('.')))) {
        const a = await (await fetch(`${t.server.origin}/api/actors/${encodeURIComponent(id)}`)).json();
        if (a.offices?.length) { person = a; break; }
    }
    if (t.ok(person, 'somebody with an office is on record')) {
        await page.goto(`${t.server.origin}/?view=actor&key=${encodeURIComponent(person.id)}`);
        await t.soon(async () => (await page.textContent('.actor-halves')).includes(person.offices[0].role), 'offices by date');
    }
    await page.goto(`${t.server.origin}/?view=actor`);
    await t.soon(async () => (await page.textContent('main')).includes('No actor is chosen'), 'an address without a key');
    const none = await t.open('/?view=actor&key=nobody.at-all', { errors: true });
    await t.soon(async () => (await none.textContent('main')).includes('no such'), 'nobody of that id');
    const phone = await t.open(`/?view=actor&key=${state.value}`, { width: 360, height: 740, theme: 'dark' });
    await t.soon(() => phone.$('.actor-page .item'), 'on a phone');
    await t.fits(phone, 'on a phone');
}
