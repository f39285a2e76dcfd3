// SPDX-License-Identifier: Apache-2.0
// Claims with both sides, and an actor's page.
export default async function (t) {
    const page = await t.open('/?view=contested');
    await t.soon(() => page.$('.contested-card'), 'what is contested is shown');
    const { total } = await (await fetch(`${t.server.origin}/api/contested`)).json();
    t.ok((await page.textContent('.contested-head')).startsWith(`${total} incident`), 'with how many there are');
    t.ok(await page.$('.contested-against li'), 'somebody denies');
    await t.shot(page, 'contested');
    await t.axe(page, 'contested');
    await page.click('.contested-card >> nth=0 >> text=all tellings');
    await t.soon(() => page.$('dialog .incident'), 'an incident opens on its sheet');
    await page.keyboard.press('Escape');
    await page.goto(`${t.server.origin}/?view=contested&q=type:RETREAT+status:admitted`);
    await t.soon(async () => (await page.textContent('main')).includes('Nothing is contested here'), 'a filter that leaves nothing says so');
    await t.axe(page, 'nothing contested');
    const phone = await t.open('/?view=contested', { width: 360, height: 740, theme: 'dark' });
    await t.soon(() => phone.$('.contested-card'), 'on a phone');
    await t.fits(phone, 'on a phone');
}
