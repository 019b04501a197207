// The levers: what may be moved, where it stands without being moved, and on whose word.

import { clear, h, number } from './dom.js'

export function levers(element, app, began) {
  app.on('situation', () => build(element, app, began))
  app.on('state', () => place(element, app))
}

function build(element, app, began) {
  const groups = new Map()
  for (const lever of app.situation.levers) {
    if (!groups.has(lever.group)) groups.set(lever.group, [])
    groups.get(lever.group).push(lever)
  }
  const open = new Set([...element.querySelectorAll('details.group[open]')].map(each => each.dataset.group))
  clear(element,
    h('h2', { class: 'levers-title' }, 'Levers'),
    presets(app),
    [...groups].map(([title, found], index) => h('details', {
      class: 'group', open: open.size ? open.has(title) : index < 2, dataset: { group: title },
    }, h('summary', null, h('span', null, title), h('span', { class: 'moved-count' })), found.map(lever => row(lever, app, began)))))
  place(element, app)
}

function presets(app) {
  const list = app.situation.presets
  const meaning = h('p', { class: 'note', id: 'preset-note' })
  const claims = h('button', { type: 'button', class: 'link', hidden: true }, '')
  const select = h('select', { id: 'preset', 'aria-describedby': 'preset-note', onchange: event => app.set({ base: event.target.value || null, levers: {} }) },
    h('option', { value: '' }, 'Baseline: as the case has it'),
    list.map(one => h('option', { value: one.id, disabled: one.refused !== null }, one.refused ? `${one.title} (not from this day)` : one.title)))
  claims.addEventListener('click', () => app.open('evidence', { claims: list.find(one => one.id === app.state.base)?.suggested_by ?? [] }))
  const tell = () => {
    const found = list.find(one => one.id === app.state.base)
    if (app.state.base && !found && !select.querySelector(`option[value="${CSS.escape(app.state.base)}"]`)) {
      select.append(h('option', { value: app.state.base }, `${app.state.base} (saved)`))
    }
    select.value = app.state.base ?? ''
    meaning.textContent = found ? found.meaning : ''
    claims.hidden = !found?.suggested_by.length
    claims.textContent = found ? `Suggested by ${found.suggested_by.length} claims` : ''
  }
  app.on('state', tell)
  tell()
  return h('div', { class: 'preset' }, h('label', { for: 'preset' }, 'Scenario'), select, meaning, claims)
}

const slug = id => `lever-${id.replaceAll('.', '-')}`

function row(lever, app, began) {
  const id = slug(lever.id)
  const yes = lever.step === 1 && lever.low === 0 && lever.high === 1
  const move = (value, merge) => {
    if (!Number.isFinite(value) || value < lever.low || value > lever.high) return
    began(performance.now())
    performance.mark('lever')
    app.set({ levers: { ...app.state.levers, [lever.id]: value } }, { merge })
  }
  const range = h('input', {
    type: 'range', id, min: lever.low, max: lever.high, step: lever.step, dataset: { lever: lever.id }, 'aria-describedby': `${id}-held`,
    oninput: event => { range.setAttribute('aria-valuetext', said(lever, Number(event.target.value))); move(Number(event.target.value), `${lever.id}#${stroke}`) },
    onchange: () => { stroke += 1 },
  })
  const field = h('input', {
    type: 'number', min: lever.low, max: lever.high, step: 'any', 'aria-label': `${lever.title}, as a number`, class: 'value',
    onchange: event => {
      if (event.target.value === '') drop()
      else if (event.target.validity.valid) move(Number(event.target.value), null)
      else event.target.reportValidity()
    },
  })
  const drop = () => {
    const { [lever.id]: gone, ...kept } = app.state.levers
    if (gone !== undefined) { began(performance.now()); app.set({ levers: kept }) }
  }
  const back = h('button', { type: 'button', class: 'back', hidden: true, 'aria-label': `${lever.title}: leave it to the model again`, title: 'Leave it to the model again', onclick: drop }, '↺')
  const warn = lever.warning
    ? h('button', { type: 'button', class: 'warn', 'aria-label': `Caution: ${lever.warning}`, title: lever.warning, onclick: event => show(event.target, lever.warning) }, '⚠')
    : null
  const cited = lever.sources
    ? h('button', { type: 'button', class: 'link', 'aria-label': `${lever.title}: ${lever.sources} sources`, onclick: () => app.open('evidence', { lever: lever.id, claims: lever.claims }) }, `${lever.sources} src`)
    : h('span', { class: 'nosource' }, 'no source')
  let stroke = 0
  return h('div', { class: yes ? 'lever yes' : 'lever', dataset: { row: lever.id } },
    h('div', { class: 'lever-head' }, h('label', { for: id, title: lever.meaning }, lever.title), field, back),
    range,
    h('div', { class: 'lever-foot', id: `${id}-held` }, h('span', { class: 'held' }), cited, warn))
}

/** A caution in words, under its lever, until it is pressed again. */
function show(sign, text) {
  const home = sign.closest('.lever')
  const there = home.querySelector('.caution')
  if (there) there.remove()
  else home.append(h('p', { class: 'caution note' }, text))
}

const said = (lever, value) => `${number(value)} ${lever.unit}`

/** Put every handle where the state has it. */
function place(element, app) {
  if (!app.situation) return
  const base = app.situation.presets.find(one => one.id === app.state.base)?.levers ?? {}
  for (const lever of app.situation.levers) {
    const home = element.querySelector(`[data-row="${CSS.escape(lever.id)}"]`)
    if (!home) continue
    const own = app.state.levers[lever.id]
    const value = own ?? base[lever.id]
    const shown = value ?? lever.neutral ?? (lever.low + lever.high) / 2
    const [range, field] = [home.querySelector('[type=range]'), home.querySelector('.value')]
    if (Number(range.value) !== shown) range.value = shown
    range.setAttribute('aria-valuetext', value === undefined ? `not moved: ${lever.held}` : said(lever, shown))
    if (document.activeElement !== field) field.value = value === undefined ? '' : Number(shown.toFixed(4))
    field.placeholder = value === undefined ? (lever.neutral === null ? '–' : String(Number(lever.neutral.toFixed(3)))) : ''
    home.classList.toggle('moved', own !== undefined)
    home.classList.toggle('preset-moved', own === undefined && value !== undefined)
    home.querySelector('.back').hidden = own === undefined
    const held = own !== undefined ? said(lever, own) : value !== undefined ? `${said(lever, value)}, by the scenario` : `as the model has it: ${lever.held}`
    home.querySelector('.held').textContent = held
  }
  for (const group of element.querySelectorAll('details.group')) {
    const count = group.querySelectorAll('.lever.moved').length
    group.querySelector('.moved-count').textContent = count ? `${count} moved` : ''
  }
}
