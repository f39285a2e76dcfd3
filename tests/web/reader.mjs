// SPDX-License-Identifier: Apache-2.0
// A dispatch with its events marked, explained, judged.
export default async function (t) {
    const ask = async (path) => (await fetch(t.server.origin + path)).json();
    const { rows } = await ask('/api/events?limit=50&q=status:claimed');
    const { dispatch, id } = rows.find((e) => e.source.length && e.target.length && e.evidence.text.length < 200);
    const page = await t.open(`/?view=reader&dispatch=${dispatch}&event=${id}`);
    await t.soon(() => page.$('.story-card-open'), 'the event of the address is open');
    t.ok(await page.$('.story-in-trigger'), 'and its words are marked');
    t.ok(await page.$('.story-in-source') && await page.$('.story-in-target'), 'and both sides');
    const whole = await ask(`/api/dispatches/${dispatch}`);
    t.equal((await page.$$('.story-card')).length, whole.events.length, 'a card for each event');
    const shown = (await page.textContent('.story-prose')).replace(/\s+/g, '');
    t.equal(shown, whole.text.replace(/\s+/g, ''), 'the text is whole, in its order');
    const words = await page.$$eval('.story-in-trigger', (l) => l.map((x) => x.textContent).join(''));
    const e = whole.events.find((x) => x.row.id === id);
    t.equal(words.replace(/\s+/g, ''), Buffer.from(whole.text).subarray(...e.trigger).toString().replace(/\s+/g, ''), 'the words marked are the bytes of the trigger');
    await t.shot(page, 'reader');
    await t.axe(page, 'reader');

    await page.click('.story-card-open >> text=Why?');
    await t.soon(() => page.$('.why-tree .why-lit'), 'the tree, with the predicate lit');
    t.ok((await page.textContent('.why')).includes('fired'), 'the frame that fired');
    await t.shot(page, 'why');
    await t.axe(page, 'why');
    await page.keyboard.press('Escape');
    await t.soon(async () => !(await page.$('.why')), 'Escape closes it');

    await page.click('.story-layers >> text=Actors');
    await t.soon(() => page.$('.story-shows-actor .story-layer-actor'), 'all actors are laid over the text');
    t.ok(page.url().includes('show=actor'), 'and that is in the address');

    const other = whole.events.findIndex((x) => x.row.id !== id && x.trigger[0] !== e.trigger[0]);
    if (other >= 0) {
        await page.click(`.story-card >> nth=${other} >> .story-head`);
        await t.soon(() => page.url().includes(`event=${whole.events[other].row.id}`), 'a card chooses its event');
    }
    const words0 = page.locator('.story-trigger').first();
    await words0.focus();
    await page.keyboard.press('Enter');
    await t.soon(async () => await words0.getAttribute('aria-pressed') === 'true', 'and so do its words, by keyboard');

    await page.click('.story-card-open >> text=Wrong');
    await t.soon(async () => (await page.textContent('.verdict-out')).includes('Kept'), 'a verdict is kept');
    const now = page.url().match(/event=(\d+)/)[1];
    t.equal((await ask(`/api/events/${now}`)).verdicts[0]?.verdict, 'wrong', 'and on record');
    await page.click('.story-card-open >> text=It should be');
    await page.selectOption('.verdict-form select[name=status]', 'disputed');
    await page.fill('.verdict-form input[name=judge]', 'Ada');
    await page.click('.verdict-form >> text=Keep');
    await t.soon(async () => (await page.textContent('.verdict-list')).includes('status: disputed, says Ada'), 'so is a correction');
    await t.axe(page, 'verdict');

    const none = await t.open('/?view=reader&dispatch=99999999', { errors: true });
    await t.soon(async () => (await none.textContent('main')).includes('no such'), 'a story that is not there', 3000);
    await none.goto(`${t.server.origin}/?view=reader&dispatch=x`);
    await t.soon(async () => (await none.textContent('main')).includes('No story is chosen'), 'an address that makes no sense');

    const phone = await t.open(`/?view=reader&dispatch=${dispatch}&event=${id}`, { width: 360, height: 740, theme: 'dark' });
    await t.soon(() => phone.$('.story-card-open'), 'on a phone');
    await t.fits(phone, 'on a phone');
}
