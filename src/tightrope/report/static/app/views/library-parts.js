// What the shelves have in common: names, buttons, and the way back from a deletion.

import { clear, failed, h } from '../dom.js'

export const button = (text, onclick, more = {}) => h('button', { type: 'button', onclick, ...more }, text)

export const day = seconds => new Date(seconds * 1000).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** Draw a list anew without losing the place of whoever walks it by keyboard. */
export function keepFocus(home, draw) {
  const here = document.activeElement
  const label = home.contains(here) ? here.getAttribute('aria-label') ?? here.textContent : null
  draw()
  if (label === null || document.activeElement !== document.body) return
  const all = [...home.querySelectorAll('button:not(:disabled), summary')]
  const same = all.find(one => (one.getAttribute('aria-label') ?? one.textContent) === label)
  ;(same ?? all[0])?.focus()
}

/** A line in which something gets a name; `done(text)` may reject with what is wrong with it. Closed, it gives the focus back. */
export function naming({ label, value, verb, done, close: shut }) {
  const opener = document.activeElement
  const close = () => { shut(); opener?.focus() }
  const input = h('input', { type: 'text', value, required: true, maxlength: '120', 'aria-label': label })
  const said = h('div')
  const form = h('form', { class: 'naming', onsubmit: async event => {
    event.preventDefault()
    clear(said)
    try { await done(input.value.trim()) } catch (error) { clear(said, failed(error)) }
  } }, h('label', { class: 'field' }, h('span', null, label), input), h('button', { type: 'submit' }, verb), button('Cancel', close), said)
  form.addEventListener('keydown', event => { if (event.key === 'Escape') close() })
  requestAnimationFrame(() => input.select())
  return form
}

/** What was just deleted, with the way back. */
export function undone(text, undo) {
  return h('p', { class: 'notice', role: 'status' }, `${text} `, button('Undo', undo))
}
