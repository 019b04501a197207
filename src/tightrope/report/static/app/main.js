// The page: opens a case, keeps state and address alike, asks for runs, and opens views.

import { get, post, send, Latest } from './api.js'
import { clear, failed, h, saveFile } from './dom.js'
import { footer, header } from './header.js'
import { levers } from './levers.js'
import { address, readAddress, Store } from './store.js'
import { VIEWS } from './views.js'

const REST = 600
const store = new Store()
const $ = id => document.getElementById(id)
const timings = []
let situation = null
let frame = null
let baseline = null
let wanted = []
let rest = null
let moved = null
let status = 'reading the case'

const app = {
  get state() { return store.state },
  get store() { return store },
  get situation() { return situation },
  get frame() { return frame },
  get baselineFrame() { return baseline },
  get status() { return status },
  set: (changes, options) => store.set(changes, options),
  on: (name, hear) => store.on(name, hear),
  ask,
  get, post, send, saveFile,
  select: selection => store.set({ selection }, { undo: false }),
  setMonth: month => store.set({ month }, { undo: false }),
  open,
  announce: text => { $('said').textContent = text },
  want,
  fanName: id => situation?.fans.find(one => one.id === id)?.title ?? id,
  leverName: id => situation?.levers.find(one => one.id === id)?.title ?? id,
}

/** What is asked of the server, as it stands; fields of `over` come on top. */
function ask(over = {}) {
  const { case: name, asOf, without, base, levers: positions, runs, months, seed } = store.state
  return { case: name, as_of: asOf, without, base, levers: positions, runs, months, seed, ...over }
}

/** Which charts are to be seen; asks for them if they are not at hand. */
function want(fans) {
  const more = fans.some(each => !wanted.includes(each))
  wanted = [...new Set(fans)]
  if (more && situation) run()
}

const latest = new Latest({ heard, failed: broken, settled })

function run() {
  if (!situation) return
  tellStatus('running')
  clearTimeout(rest)
  const serial = latest.ask({ ...ask(), fans: wanted })
  if (moved) timings.push({ serial, at: moved, preview_ms: null, final_ms: null })
  moved = null
}

function heard(found) {
  frame = found
  const plain = store.state.base === null && !Object.keys(store.state.levers).length
  if (plain && found.header.final) baseline = found
  tellStatus(found.header.final ? 'done' : `preview of ${found.header.runs} runs`)
  store.tell('frame', found)
  const timing = timings.find(one => one.serial === found.header.serial)
  if (timing) requestAnimationFrame(() => painted(timing, found.header.final))
}

/** Charts are drawn in the frame before this one: what was moved can be seen now. */
function painted(timing, final) {
  const taken = performance.now() - timing.at
  if (final) timing.final_ms = taken
  else timing.preview_ms = taken
  performance.measure(final ? 'repaint-final' : 'repaint-preview', { start: timing.at, duration: taken })
}

function settled() {
  if (!frame?.header.final) return
  clearTimeout(rest)
  rest = setTimeout(() => store.tell('settled', frame), REST)
}

function broken(error) {
  tellStatus('failed')
  clear($('banner'), failed(error))
}

function tellStatus(text) {
  status = text
  store.tell('status', text)
}

/** Read the case again, as known on another day or without some sources; then run. */
async function where() {
  tellStatus('reading the case')
  const { case: name, asOf, without } = store.state
  try {
    const found = await get('/api/situation', { case: name, as_of: asOf, without: without.join(',') })
    const state = store.state
    if (state.case !== name || state.asOf !== asOf || state.without !== without) return
    situation = found
    dropUnknown()
    document.title = `${found.case.focus_name} · Tightrope`
    if ($('banner').querySelector('.error')) clear($('banner'))
    baseline = null
    store.tell('situation', found)
    run()
  } catch (error) {
    broken(error)
    if (!situation) clear($('views'), failed(error))
  }
}

/** Levers and scenarios that this case does not have are taken out, and it is said. */
function dropUnknown() {
  const known = new Map(situation.levers.map(one => [one.id, one]))
  const kept = Object.fromEntries(Object.entries(store.state.levers).filter(([id, value]) =>
    known.has(id) && value >= known.get(id).low && value <= known.get(id).high))
  const lost = Object.keys(store.state.levers).filter(id => !(id in kept))
  if (lost.length) {
    store.set({ levers: kept }, { undo: false })
    clear($('banner'), h('p', { class: 'notice' }, `This case has no such lever position, so it was left out: ${lost.join(', ')}.`))
  }
}

const opened = new Map()

async function open(id, params) {
  const entry = VIEWS.find(one => one.id === id) ?? VIEWS[0]
  store.set({ view: entry.id }, { undo: false })
  if (!opened.has(entry.id)) opened.set(entry.id, begin(entry))
  for (const section of $('views').children) section.hidden = section.id !== `view-${entry.id}`
  const found = await opened.get(entry.id)
  for (const [other, made] of opened) if (other !== entry.id) (await made)?.hide?.()
  if (store.state.view === entry.id) found?.show?.(params ?? {})
}

async function begin(entry) {
  const section = h('section', { id: `view-${entry.id}`, role: 'tabpanel', 'aria-labelledby': `tab-${entry.id}`, class: `view ${entry.id}` })
  if (!$('views').querySelector('section')) clear($('views'))
  $('views').append(section)
  try {
    const sheet = h('link', { rel: 'stylesheet', href: `/static/app/views/${entry.id}.css` })
    const styled = new Promise(done => { sheet.onload = sheet.onerror = done })
    document.head.append(sheet)
    const [{ view }] = await Promise.all([entry.load(), styled])
    return view.mount(section, app)
  } catch (error) {
    console.error(error)
    clear(section, failed(new Error(`This view could not be opened: ${error.message}`)))
    return {}
  }
}

function tabs() {
  const made = VIEWS.map(entry => h('button', {
    id: `tab-${entry.id}`, role: 'tab', type: 'button', 'aria-controls': `view-${entry.id}`, onclick: () => open(entry.id),
  }, entry.title))
  const mark = () => made.forEach((tab, place) => {
    const here = VIEWS[place].id === store.state.view
    tab.setAttribute('aria-selected', String(here))
    tab.tabIndex = here ? 0 : -1
    if (here) tab.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
  const list = h('div', { role: 'tablist', 'aria-label': 'Views', class: 'tabs' }, made)
  list.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = made.indexOf(document.activeElement)
    const to = step === -Infinity ? 0 : step === Infinity ? made.length - 1 : (at + step + made.length) % made.length
    made[to].focus()
    made[to].click()
  })
  store.on('view', mark)
  clear($('tabs'), list)
  mark()
}

/** An address that was made on another version of the case computes nothing until the reader decides. */
function warnOfVersion(digest) {
  const go = () => { clear($('banner')); run() }
  const plain = () => { store.set({ base: null, levers: {}, pins: [] }, { undo: false }); go() }
  clear($('banner'), h('div', { class: 'notice', role: 'alert' },
    h('p', null, `This address was made on another version of the case (${digest}; here it is ${situation.case.digest.slice(0, 12)}). `
      + 'Its numbers would come out differently, so nothing has been computed.'),
    h('button', { type: 'button', onclick: go }, 'Run its levers on this version'),
    h('button', { type: 'button', onclick: plain }, 'Open the case without them')))
}

function keys(event) {
  const typing = event.target.matches?.('input:not([type=range]):not([type=checkbox]), textarea, select')
  if (!(event.ctrlKey || event.metaKey) || event.altKey || typing) return
  const name = event.key.toLowerCase()
  if (name === 'z' && !event.shiftKey) store.undo()
  else if (name === 'y' || (name === 'z' && event.shiftKey)) store.redo()
  else return
  event.preventDefault()
}

async function boot() {
  const told = readAddress(location.hash)
  store.set(told.state, { undo: false })
  header($('header'), app)
  footer($('footer'), app)
  levers($('levers'), app, at => { moved = at })
  tabs()
  store.on('where', where)
  store.on('levers', run)
  store.on('state', state => {
    const text = `#${address(state, situation?.case.digest)}`
    if (text !== location.hash) history.replaceState(null, '', text)
  })
  addEventListener('hashchange', () => location.reload())
  document.addEventListener('keydown', keys)
  await begun(told.digest)
  open(store.state.view)
  mountTimeline()
}

/** The first reading of the case: stops before any run where the address is of another version. */
async function begun(digest) {
  const { case: name, asOf, without } = store.state
  try {
    situation = await get('/api/situation', { case: name, as_of: asOf, without: without.join(',') })
  } catch (error) {
    broken(error)
    return
  }
  dropUnknown()
  document.title = `${situation.case.focus_name} · Tightrope`
  store.tell('situation', situation)
  const other = digest && !situation.case.digest.startsWith(digest)
  if (other) {
    tellStatus('waiting for you')
    warnOfVersion(digest)
  } else {
    store.tell('state', store.state)
    run()
  }
}

async function mountTimeline() {
  try {
    const { mount } = await import('./timeline.js')
    mount($('timeline'), app)
  } catch (error) {
    console.error(error)
  }
}

// For measuring from outside: when a moved lever was painted, and whether all is at rest.
window.__tightrope = { timings, app, get idle() { return latest.idle && status === 'done' && timings.every(one => one.final_ms !== null || one.dropped) } }
store.on('frame', () => { for (const one of timings) if (one.serial < frame.header.serial && one.final_ms === null) one.dropped = true })

boot()
