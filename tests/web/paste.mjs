// SPDX-License-Identifier: Apache-2.0
// A text of anybody's, coded and not kept.
export default async function (t) {
    const before = await (await fetch(`${t.server.origin}/api/about`)).json();
    const page = await t.open('/?view=paste');
    await page.click('text=Show me an example');
    await t.soon(() => page.$('.story-card'), 'the example is coded');
    const cards = await page.$$eval('.story-head', (l) => l.map((x) => x.textContent));
    t.ok(cards.some((c) => /Accuse.*Norway → Iceland.*11 Mar 2024/.test(c)), `who accused whom, and when: ${cards.join(' | ')}`);
    t.ok(cards.some((c) => /Reject.*Iceland → Norway/.test(c)), 'and who denied it');
    t.ok(cards.some((c) => /planned/.test(c)), 'what is planned says so');
    await page.click('.story-head >> nth=0');
    await t.soon(() => page.$('.story-in-trigger'), 'words are marked');
    await t.shot(page, 'paste');
    await t.axe(page, 'paste');
    await page.click('.story-card-open >> text=Why?');
    await t.soon(() => page.$('.why-tree'), 'a pasted text is explained too');
    await page.keyboard.press('Escape');

    await page.fill('.paste-text', 'Ärzte ohne Grenzen: “naïve”. France condemned Mali on 3 May 2021. 😀 Mali expelled the French ambassador.');
    await t.soon(async () => (await page.$$eval('.story-trigger', (l) => l.map((x) => x.textContent))).includes('condemned'), 'marks stand right behind letters of two to four bytes');
    await t.soon(async () => (await page.$$eval('.story-trigger', (l) => l.map((x) => x.textContent))).some((x) => x.startsWith('expelled')), 'all of them');
    await page.fill('.paste-text', '<b onclick=alert(1)>Kenya</b> <img src=x onerror=alert(1)> accused Uganda.');
    await t.soon(async () => (await page.textContent('.paste-state')).includes('read in'), 'read');
    t.equal(await page.$('.paste-result img'), null, 'nothing pasted becomes an element');
    await page.fill('.paste-text', 'Le ministre des affaires étrangères a déclaré mardi que la France condamnait fermement ces actes et appelait au dialogue entre les parties.');
    await t.soon(async () => /English|language/i.test(await page.textContent('.paste-result')), 'another language is said to be one');
    await t.axe(page, 'a note');
    await page.click('text=Clear');
    await t.soon(async () => (await page.$$('.story-card')).length === 0, 'cleared');
    const after = await (await fetch(`${t.server.origin}/api/about`)).json();
    t.equal(after.n_dispatches, before.n_dispatches, 'nothing was kept');

    const phone = await t.open('/?view=paste', { width: 360, height: 740, theme: 'dark' });
    await phone.click('text=Show me an example');
    await t.soon(() => phone.$('.story-card'), 'on a phone');
    await t.fits(phone, 'on a phone');
}
