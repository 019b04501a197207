// The page: opens a case, keeps state and address alike, asks for runs, and opens views.

import { answer } from './answer.js'
import { get, post, send } from './api.js'
import { clear, failed, h, note, saveFile } from './dom.js'
import { footer, header } from './header.js'
import { levers } from './levers.js'
import { Runner } from './runner.js'
import { spoken } from './spoken.js'
import { address, readAddress, Store } from './store.js'
import { strip } from './strip.js'
import { tabs } from './tabs.js'
import { VIEWS } from './views.js'

// So often is asked whether the compiled model is there by now.
const ASKED = 4
// The address follows so many milliseconds after the last move.
const LATER = 300
const store = new Store()
const runner = new Runner({ ask, plain, ready: () => situation !== null, tell, trouble })
const $ = id => document.getElementById(id)
const opened = new Map()
let situation = null
let status = 'reading the case'
let theirs = null
let asked = 0

const app = {
  get state() { return store.state },
  get store() { return store },
  get situation() { return situation },
  get frame() { return runner.frame },
  get baselineFrame() { return runner.baseline },
  get status() { return status },
  get held() { return runner.held },
  set: (changes, options) => store.set(changes, options),
  on: (name, hear) => store.on(name, hear),
  ask,
  get, post, send, saveFile,
  select: selection => store.set({ selection }, { undo: false }),
  setMonth: month => store.set({ month }, { undo: false }),
  open, presets, sure, words,
  announce: text => { $('said').textContent = text },
  want: (fans, owner = 'page') => runner.want(fans, owner),
  began: () => runner.began(),
  moved: () => !plain(),
  fanName: id => situation?.fans.find(one => one.id === id)?.title ?? id,
  leverName: id => situation?.levers.find(one => one.id === id)?.title ?? id,
}

/** What is asked of the server, as it stands; fields of `over` come on top. */
function ask(over = {}) {
  const { case: name, asOf, without, base, levers: positions, runs, months, seed } = store.state
  return { case: name, as_of: asOf, without, base, levers: positions, runs, months, seed, ...over }
}

function plain() { return store.state.base === null && Object.keys(store.state.levers).length === 0 }

function tell(name, detail) {
  if (name === 'status') status = detail
  if (name === 'frame') clear($('trouble'))
  if (name === 'settled') app.announce(spoken(app))
  store.tell(name, detail)
}

function trouble(error) { clear($('trouble'), failed(error)) }

/** Read the case, as known on a day or without some sources. False where that failed or was overtaken. */
async function read() {
  tell('status', 'reading the case')
  const { case: name, asOf, without } = store.state
  let found
  try {
    found = await get('/api/situation', { case: name, as_of: asOf, without: without.join(',') })
  } catch (error) {
    tell('status', 'failed')
    trouble(error)
    if (store.canUndo) $('trouble').firstChild.append(h('button', { type: 'button', onclick: () => store.undo() }, 'Undo the last change'))
    if (!situation) clear($('views'), note('Nothing could be read; what is wrong stands above.'))
    return false
  }
  const state = store.state
  if (state.case !== name || state.asOf !== asOf || state.without !== without) return false
  situation = found
  runner.forget()
  clear($('trouble'))
  dropUnknown()
  document.title = `${found.case.focus_name} · Tightrope`
  $('title').textContent = `${found.case.title}, Tightrope`
  store.tell('situation', found)
  return true
}

async function where() {
  if (!await read()) return
  if (!opened.size) open(store.state.view)
  runner.run()
}

/** Scenarios were saved or deleted: the list beside the levers follows. */
async function presets() {
  const { case: name, asOf, without } = store.state
  const found = await get('/api/situation', { case: name, as_of: asOf, without: without.join(',') })
  if (situation?.case.digest !== found.case.digest || JSON.stringify(situation.presets) === JSON.stringify(found.presets)) return
  situation.presets = found.presets
  store.tell('presets', found.presets)
}

/** Lever positions and scenarios that this case does not have are taken out, and it is said. */
function dropUnknown() {
  const known = new Map(situation.levers.map(one => [one.id, one]))
  const fits = ([id, value]) => known.has(id) && value >= known.get(id).low && value <= known.get(id).high
  const entries = Object.entries(store.state.levers)
  const lost = entries.filter(one => !fits(one)).map(([id]) => id)
  if (!lost.length) return
  store.set({ levers: Object.fromEntries(entries.filter(fits)) }, { undo: false })
  clear($('banner'), h('p', { class: 'notice' }, `This case has no such lever position, so it was left out: ${lost.join(', ')}.`))
}

/** Open a view; it is loaded and mounted when it is opened first. */
async function open(id, params) {
  const entry = VIEWS.find(one => one.id === id) ?? VIEWS[0]
  if (store.state.view !== entry.id) scrollTo(0, 0)
  store.set({ view: entry.id }, { undo: false })
  store.tell('opened', entry.id)
  if (runner.held || !situation) return
  if (!opened.has(entry.id)) opened.set(entry.id, begin(entry))
  for (const section of $('views').children) section.hidden = section.id !== `view-${entry.id}`
  const found = await opened.get(entry.id)
  for (const [other, made] of opened) if (other !== entry.id) (await made)?.hide?.()
  if (store.state.view === entry.id) found?.show?.(params ?? {})
}

async function begin(entry) {
  const section = h('section', {
    id: `view-${entry.id}`, role: 'tabpanel', 'aria-labelledby': `tab-${entry.id}`, class: `view ${entry.id}`,
  }, note('…'))
  if (!$('views').querySelector('section')) clear($('views'))
  $('views').append(section)
  try {
    const [{ view }] = await Promise.all([entry.load(), sheet(`/static/app/views/${entry.id}.css`)])
    return view.mount(section, app)
  } catch (error) {
    console.error(error)
    clear(section, failed(new Error(`This view could not be opened: ${error.message}`)))
    return {}
  }
}

let certainty = null

/** How sure the change of a power's share is, over whatever view is open. */
async function sure(share) {
  try {
    const [{ Certainty }] = await Promise.all([import('./certainty.js'), sheet('/static/app/certainty.css')])
    certainty ??= new Certainty(app)
    await certainty.open(share)
  } catch (error) { trouble(error) }
}

/** A sheet of styles, once; a view is shown when its own is there. */
function sheet(href) {
  if (document.querySelector(`link[href="${href}"]`)) return null
  const link = h('link', { rel: 'stylesheet', href })
  document.head.append(link)
  return new Promise(done => { link.onload = link.onerror = done })
}

/** An address that was made on another version of the case computes nothing until its reader decides. */
function hold(digest) {
  theirs = digest
  runner.held = true
  tell('status', 'waiting for you')
  const release = () => {
    runner.held = false
    theirs = null
    clear($('banner'))
    store.tell('state', store.state)
    runner.run()
    open(store.state.view)
  }
  const asIs = () => { store.set({ base: null, levers: {}, pins: [] }, { undo: false }); release() }
  clear($('views'), note('Nothing has been computed yet.'))
  clear($('banner'), h('div', { class: 'notice', role: 'alert' },
    h('p', null, h('strong', null, 'This address was made on another version of the case. '),
      `It names version ${digest}; here it is ${situation.case.digest.slice(0, 12)}. Its numbers may come out differently, so nothing was computed again.`),
    h('button', { type: 'button', class: 'main', onclick: release }, 'Run on this version'), ' ',
    h('button', { type: 'button', onclick: asIs }, 'Open the case as it is')))
}

let addressed = null

/** The address follows once levers have come to rest: to change it costs a browser as much as to draw a chart. */
function keepAddressSoon() {
  clearTimeout(addressed)
  addressed = setTimeout(keepAddress, LATER)
}

function keepAddress() {
  clearTimeout(addressed)
  addressed = null
  const text = `#${address(store.state, theirs ?? situation?.case.digest)}`
  if (text !== location.hash) history.replaceState(null, '', text)
}

let glossary = null

/** What the words mean; the first time its module and its styles are loaded. */
async function words() {
  try {
    glossary ??= Promise.all([import('./words.js'), sheet('/static/app/words.css')])
      .then(([{ Words }]) => new Words(app, Object.fromEntries(VIEWS.map(one => [one.id, one.title]))))
    ;(await glossary).open()
  } catch (error) {
    glossary = null
    trouble(error)
  }
}

function keys(event) {
  const typing = event.target.matches?.('input:not([type=range]):not([type=checkbox]), textarea, select')
  if (event.key === '?' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault()
    words()
  }
  if (!(event.ctrlKey || event.metaKey) || event.altKey || typing) return
  const name = event.key.toLowerCase()
  if (name === 'z' && !event.shiftKey) store.undo()
  else if (name === 'y' || (name === 'z' && event.shiftKey)) store.redo()
  else return
  event.preventDefault()
}

/** The strip of the record comes after the first judgement can be read. */
async function timeline() {
  try {
    const { mount } = await import('./timeline.js')
    await sheet('/static/app/timeline.css')
    mount($('timeline'), app)
  } catch (error) { console.warn(error.message) }
}

/** Compiling may end after the page was opened: the line below the page says which model answers now. */
async function engine() {
  if (!situation.engine_note || asked >= ASKED) return
  asked += 1
  const { case: name, asOf, without } = store.state
  const { engine: now, engine_note } = await get('/api/situation', { case: name, as_of: asOf, without: without.join(',') })
  Object.assign(situation, { engine: now, engine_note })
  store.tell('status', status)
}

function skipped() { $('main').focus() }

/** To the scenario and the levers below it; where they are folded away, they are opened. */
function lead() {
  const fold = document.querySelector('button[aria-controls="levers"]')
  if (fold.checkVisibility() && fold.getAttribute('aria-expanded') !== 'true') fold.click()
  ;([...$('levers').querySelectorAll('input[type=range]')].find(one => one.checkVisibility()) ?? $('preset'))?.focus()
}

function kept(name) {
  try { return sessionStorage.getItem(name) } catch { return null }
}

async function boot() {
  const told = readAddress(location.hash)
  store.set(told.state, { undo: false })
  // Asked before anything is drawn: the model works while the page draws where levers stand.
  store.on('levers', () => runner.run())
  header($('header'), app)
  footer($('footer'), app)
  levers($('levers'), app)
  tabs($('tabs'), VIEWS, app)
  answer($('answer'), app)
  strip($('answer'), app)
  // The part behind # is the state, so a jump within the page must not change it.
  for (const [id, to] of [['skip-results', skipped], ['skip-levers', lead]]) $(id).addEventListener('click', event => { event.preventDefault(); to() })
  addEventListener('hashchange', () => location.reload())
  document.addEventListener('keydown', keys)
  // Whoever works by keys sees where a jump has led, though what it leads to is no control.
  for (const [name, by] of [['keydown', 'keys'], ['pointerdown', '']]) document.addEventListener(name, () => { document.documentElement.dataset.by = by }, true)
  const steps = kept('steps')
  if (steps) store.resume(steps)
  const readable = await read()
  store.on('where', where)
  store.on('state', keepAddressSoon)
  addEventListener('pagehide', () => {
    if (addressed !== null) keepAddress()
    try { sessionStorage.setItem('steps', store.steps) } catch { /* undo ends with the page */ }
  })
  store.on('settled', () => engine().catch(error => console.warn(error.message)))
  const once = store.on('frame', () => { once(); timeline() })
  if (!readable) return
  if (told.digest && !situation.case.digest.startsWith(told.digest)) hold(told.digest)
  else {
    keepAddress()
    open(store.state.view)
    runner.run()
  }
}

// For measuring from outside: when a moved lever was painted, and whether all is at rest.
window.__tightrope = { timings: runner.timings, app, get idle() { return status === 'done' && runner.idle } }

boot()
