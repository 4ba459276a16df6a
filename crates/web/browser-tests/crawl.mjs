// A browser, and every internal page of a running site.
import { chromium } from 'playwright-core'

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'
]

/** The address of the site under test, without a final slash. */
export const base = (process.env.BASE_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '')

/** How many pages are visited at most. */
export const cap = Number(process.env.PAGE_CAP ?? 2000)

/** Whether every page is visited, or one of each kind of page and of each form. */
const full = process.env.CRAWL === 'full'

/** The place that the crawl is of, served as the place of the home page; pages of other places are looked at, but not followed
 * further. Without one every page is followed. */
const place = process.env.PLACE

/** Milliseconds that a page may take: the site itself gives up after a minute. */
export const patience = 65_000

/** Starts Chromium. */
export function launch () {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })
}

/** Whether an address is a page of the site rather than a download or an asset. */
function isPage (url) {
  return url.origin === new URL(base).origin &&
    !/\.(csv|xlsx|svg|png|json|toml|css|js|txt)$/.test(url.pathname) && !url.pathname.startsWith('/assets/')
}

/** What counts as the same page, and how many of those are visited. In the full crawl every path is a page of its own; else
 * its codes are left out and two of a kind are visited. With choices made on it, the names of the choices count. */
function kind (url) {
  const choices = Array.from(url.searchParams.keys()).filter((name) => name !== 'within').sort()
  const [, first = '', , third = ''] = url.pathname.split('/')
  const key = [first, third, ...choices].join('|')
  if (choices.length > 0) return { key, most: full ? 4 : 1 }
  return full ? { key: url.pathname, most: 1 } : { key, most: 2 }
}

/** Whether the links of a page are followed: of every page, or of those that are of the place, of its practices and networks
 * (which its own page names) and of no place at all. */
function isFollowed (url, own) {
  if (place === undefined || own.has(url.pathname)) return true
  const within = url.searchParams.get('within')
  const [, first, second] = url.pathname.split('/')
  const of = ['place', 'practice', 'network'].includes(first) ? second : within
  return of === place || !of
}

/** Follows links, and sends forms as they open, from the home page without JavaScript, breadth first. */
export async function pages (browser) {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  const seen = new Map()
  const found = []
  const queue = [`${base}/`]
  const known = new Set(queue)
  const own = new Set()
  while (queue.length > 0 && found.length < cap) {
    const address = queue.shift()
    const { key, most } = kind(new URL(address))
    if ((seen.get(key) ?? 0) >= most) continue
    seen.set(key, (seen.get(key) ?? 0) + 1)
    const answer = await finished(page, address)
    found.push({ address, status: answer.status(), ...await read(page) })
    if (!isFollowed(new URL(address), own)) continue
    const links = await page.$$eval('a[href]', (all) => all.map((a) => a instanceof HTMLAnchorElement ? a.href : a.href.baseVal))
    const forms = await page.$$eval('form', sent)
    for (const link of [...forms, ...links]) {
      const url = new URL(link, address)
      url.hash = ''
      if (found.length === 1 && /^\/(practice|network)\//.test(url.pathname)) own.add(url.pathname)
      if (isPage(url) && !known.has(url.href)) {
        known.add(url.href)
        queue.push(url.href)
      }
    }
  }
  await context.close()
  return found
}

/** The addresses to which the forms of a page lead when they are sent as they open: an empty field is given a word, or a number
 * where it asks for one. */
function sent (forms) {
  return forms.map((form) => {
    const fields = new URLSearchParams(new FormData(form))
    for (const field of form.querySelectorAll('input[type=search], input[type=text], input:not([type]), textarea')) {
      if (field.name && !field.value) fields.set(field.name, field.inputMode ? '30' : 'GPs')
    }
    return `${new URL(form.getAttribute('action') || '', document.baseURI).href.split('?')[0]}?${fields}`
  })
}

/** The page once nothing on it is still being worked out: a reader without JavaScript looks again. */
async function finished (page, address) {
  for (const until = Date.now() + patience; ;) {
    const answer = await page.goto(address, { waitUntil: 'domcontentloaded', timeout: patience })
    if (Date.now() > until || await page.locator('[data-working]').count() === 0) return answer
    await page.waitForTimeout(500)
  }
}

/** What a reader without JavaScript has before them: main headings, and characters of text. */
async function read (page) {
  const words = await page.locator('main').innerText()
  return { headings: await page.locator('h1').count(), words: words.length }
}

/** A file name for an address. */
export function fileName (address) {
  const url = new URL(address)
  const name = (url.pathname + url.search).replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '')
  return (name || 'home').slice(0, 100)
}
