// The line above and the line below: which case, known until when; what the numbers are, always in sight.

import { get } from './api.js'
import { clear, h } from './dom.js'
import { address } from './store.js'

const THEMES = ['system', 'light', 'dark']

export function header(element, app) {
  const cases = h('select', { id: 'case', 'aria-label': 'Case', onchange: event => start(app, { case: event.target.value }) })
  const day = h('input', { type: 'date', id: 'as-of', 'aria-describedby': 'as-of-note', min: '1992-01-01', onchange: event => {
    if (event.target.value === '' || event.target.validity.valid) app.set({ asOf: event.target.value || null })
  } })
  const sources = h('details', { class: 'popover', id: 'sources' }, h('summary', null, 'Sources'), h('div', { class: 'sheet' }))
  const size = h('details', { class: 'popover', id: 'size' }, h('summary', null, 'Runs'), runs(app))
  const back = button('Undo', () => app.store.undo(), { 'aria-keyshortcuts': 'Control+Z' })
  const forth = button('Redo', () => app.store.redo(), { 'aria-keyshortcuts': 'Control+Shift+Z' })
  const reset = button('Reset levers', () => app.set({ base: null, levers: {} }))
  const drawer = button('Levers', event => {
    const open = document.body.classList.toggle('drawer')
    event.target.setAttribute('aria-expanded', String(open))
    if (open) document.getElementById('levers').querySelector('select, input, button')?.focus()
  }, { class: 'narrow', 'aria-expanded': 'false', 'aria-controls': 'levers' })
  clear(element, h('div', { class: 'top' },
    h('a', { class: 'brand', href: '/' }, 'Tightrope'),
    h('label', { class: 'field' }, h('span', null, 'Case'), cases),
    h('label', { class: 'field' }, h('span', null, 'As of'), day),
    sources, size,
    h('span', { class: 'push' }),
    drawer, back, forth, reset,
    button('Share', () => share(app)),
    theme()),
  h('p', { class: 'hidden', id: 'as-of-note' }, 'Nothing published after this day is known to the run.'))
  closeElsewhere([sources, size])
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && document.body.classList.contains('drawer')) drawer.click()
  })
  app.on('situation', () => {
    day.value = app.situation.case.as_of
    day.classList.toggle('moved', app.state.asOf !== null)
    clear(sources.querySelector('.sheet'), ...sheet(app))
    sources.querySelector('summary').textContent = app.state.without.length ? `Without ${app.state.without.length}` : 'Sources'
    offer(cases, app)
  })
  app.on('state', () => {
    back.disabled = !app.store.canUndo
    forth.disabled = !app.store.canRedo
    reset.disabled = !app.state.base && !Object.keys(app.state.levers).length
  })
}

const button = (text, onclick, more = {}) => h('button', { type: 'button', onclick, ...more }, text)

/** Another case starts from its own baseline. */
const start = (app, changes) => app.set({ base: null, levers: {}, pins: [], asOf: null, without: [], months: null, selection: null, ...changes })

async function offer(cases, app) {
  let known = [{ name: app.state.case, title: app.situation.case.title }]
  try { known = await get('/api/cases') } catch { /* the one that is open will do */ }
  const list = Array.isArray(known) ? known : known.cases
  clear(cases, list.map(one => h('option', { value: one.name, title: one.title }, one.name)))
  cases.value = app.state.case
}

/** One closes where another opens, and on Escape. */
function closeElsewhere(popovers) {
  for (const one of popovers) {
    one.addEventListener('toggle', () => { if (one.open) for (const other of popovers) if (other !== one) other.open = false })
    one.addEventListener('keydown', event => {
      if (event.key === 'Escape' && one.open) { one.open = false; one.querySelector('summary').focus() }
    })
  }
  document.addEventListener('click', event => { for (const one of popovers) if (!one.contains(event.target)) one.open = false })
}

function sheet(app) {
  const { sources, dropped } = app.situation
  const told = sources.filter(one => one.claims > 0 || one.left_out)
  const toggle = (id, on) => app.set({ without: on ? app.state.without.filter(each => each !== id) : [...app.state.without, id].sort() })
  return [
    h('p', { class: 'note' }, 'Untick a source to see what rests on it alone. What was published after the day above is not known.'),
    h('ul', { class: 'plain' }, told.map(one => h('li', null, h('label', { class: 'tick' },
      h('input', { type: 'checkbox', checked: !one.left_out, disabled: !one.known && !one.left_out, onchange: event => toggle(one.id, event.target.checked) }),
      h('span', null, one.title, h('small', null, ` ${one.id} · ${one.published} · ${one.claims} claims${one.known ? '' : ' · not known yet'}`)))))),
    h('p', { class: 'note' }, `${dropped.claims} claims, readings and citations are left out.`),
    app.state.asOf !== null ? button('Back to the day of the case', () => app.set({ asOf: null })) : null,
  ]
}

function runs(app) {
  const whole = (name, label, low, high, usual) => {
    const input = h('input', { type: 'number', min: low, max: high, step: 1, onchange: event => {
      const value = event.target.value === '' ? usual : Number(event.target.value)
      if (value === null || (Number.isInteger(value) && value >= low && value <= high)) app.set({ [name]: value })
      else event.target.value = app.state[name] ?? ''
    } })
    app.on('state', state => { input.value = state[name] ?? app.situation?.case.months ?? '' })
    return h('label', { class: 'field' }, h('span', null, label), input)
  }
  return h('div', { class: 'sheet' },
    whole('runs', 'Runs', 20, 2000, 1000), whole('months', 'Months', 1, 120, null), whole('seed', 'Seed', 0, 2 ** 32 - 1, 1),
    h('p', { class: 'note' }, 'The same case, levers, seed and runs give the same numbers again.'))
}

async function share(app) {
  const link = `${location.origin}${location.pathname}#${address(app.state, app.situation?.case.digest)}`
  try {
    await navigator.clipboard.writeText(link)
    app.announce('The address is copied.')
    flash('Address copied')
  } catch {
    prompt('The address of this page as it stands:', link)
  }
}

function flash(text) {
  const said = h('div', { class: 'flash' }, text)
  document.body.append(said)
  setTimeout(() => said.remove(), 1800)
}

function theme() {
  let now = 'system'
  try { now = localStorage.getItem('theme') ?? 'system' } catch { /* kept for this page only */ }
  const put = () => {
    if (now === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = now
  }
  put()
  const made = button(`Theme: ${now}`, () => {
    now = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length]
    try { localStorage.setItem('theme', now) } catch { /* kept for this page only */ }
    put()
    made.textContent = `Theme: ${now}`
    window.__tightrope.app.store.tell('theme', now)
  }, { id: 'theme' })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => window.__tightrope.app.store.tell('theme', now))
  return made
}

export function footer(element, app) {
  const state = h('span', { class: 'state' }, app.status)
  const about = h('span', null)
  clear(element, h('div', { class: 'foot' },
    h('strong', null, 'Conditional scenario. Frequencies describe the model; they describe the world only where a score is shown.'),
    h('span', { class: 'facts' }, about, ' ', state)))
  const tell = () => {
    const { frame, situation } = app
    const count = frame ? `${frame.header.runs.toLocaleString('en')} runs` : ''
    about.textContent = [count, `seed ${app.state.seed}`, situation ? `${situation.engine} model` : '', 'no score yet'].filter(Boolean).join(' · ')
    state.textContent = app.status
    state.dataset.state = app.status.split(' ')[0]
  }
  for (const name of ['frame', 'status', 'situation', 'state']) app.on(name, tell)
}
