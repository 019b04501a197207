// The passage behind a claim: from the folder that the server was given, or from the reader's own copy, which stays in the page.

import { clear, h, note } from '../dom.js'

/** What leads to a passage: a button that shows it, or one that asks for the reader's copy of the source. */
export function reveal(one, home, list) {
  const button = h('button', { type: 'button', class: 'link', 'aria-expanded': 'false', dataset: { passage: one.source }, onclick: () => press(one, home, button, list) })
  label(button, list)
  return button
}

/** Say again what a button does; a copy may have been opened or forgotten since. */
export function label(button, list) {
  const source = list.sourceById.get(button.dataset.passage)
  button.textContent = list.texts || list.copies.has(source) ? 'Passage' : 'Read it in your copy …'
}

async function press(one, home, button, list) {
  const open = button.getAttribute('aria-expanded') === 'true'
  button.setAttribute('aria-expanded', String(!open))
  if (open) return clear(home)
  const source = list.sourceById.get(one.source)
  if (list.copies.has(source)) return shown(home, list.copies.passage(source, one.place), source)
  if (!list.texts) return ask(one, home, button, list)
  clear(home, note('…'))
  try {
    return shown(home, await list.app.get('/api/evidence/passage', { case: list.app.state.case, as_of: list.app.state.asOf, claim: one.id }), source)
  } catch (error) {
    return ask(one, home, button, list, error.message)
  }
}

function shown(home, found, source) {
  if (!found) return clear(home, note(`Your copy of “${source.title}” differs at this place from the text that was read, so nothing is shown.`))
  return clear(home, h('blockquote', { dir: 'auto' }, h('span', { class: 'around' }, `… ${found.before}`), h('mark', null, found.passage), h('span', { class: 'around' }, `${found.after} …`)),
    note(`From your own copy of “${source.title}”. It is the text that the case was made from: its checksum and the passage’s are the same.`))
}

/** No text is here: which one it is, and a way to open the reader's own. */
function ask(one, home, button, list, trouble = '') {
  const source = list.sourceById.get(one.source)
  if (!source?.text_sha256) return clear(home, note('The case gives no checksum of this text, so no copy could be told to be the right one.'))
  const said = h('div', { role: 'status' })
  const taken = found => {
    if (!found.some(each => each.id === source.id)) return
    button.setAttribute('aria-expanded', 'false')
    button.focus()
    press(one, home, button, list)
  }
  return clear(home, trouble ? note(trouble) : null,
    note(`The text is not ours to pass on. If you have a copy of “${source.title}” as a text file, open it here: it stays in this tab and is not sent anywhere.`),
    h('p', null, picker(list, said, taken)), said)
}

/** A button that takes text files, keeps those that are a source's own text, and says what the others are. */
export function picker(list, said, taken = () => {}) {
  const files = h('input', { type: 'file', multiple: true, accept: '.txt,.md,text/plain', class: 'hidden', tabindex: '-1', 'aria-hidden': 'true', onchange: async () => {
    const told = await list.copies.take([...files.files], [...list.sourceById.values()])
    files.value = ''
    clear(said, told.found.length ? note(`Opened: ${told.found.map(one => `“${one.title}”`).join(', ')}.`) : null,
      told.other.length ? h('p', { class: 'fault' }, `${told.other.join(', ')}: not the text of any source here. Its checksum (SHA-256) is another one, so places in it would be wrong; it was not kept.`) : null)
    if (told.found.length) list.relabel()
    taken(told.found)
  } })
  return [h('button', { type: 'button', onclick: () => files.click() }, 'Open your copies …'), files]
}

/** Which texts are open in this tab, above the list of sources. */
export function copies(list) {
  const every = [...list.sourceById.values()].filter(one => one.text_sha256)
  const open = every.filter(one => list.copies.has(one))
  const said = h('div', { role: 'status' })
  return h('div', { class: 'copies' },
    h('p', null, `Texts of sources are not passed on with the case. It holds what each says in other words, and where it says so; with your own copies the passages themselves can be read. ${every.length ? `${open.length} of ${every.length} texts ${open.length === 1 ? 'is' : 'are'} open in this tab.` : ''}`),
    every.length ? h('p', { class: 'acts' }, picker(list, said, found => { if (found.length) list.refresh() }),
      open.length ? h('button', { type: 'button', class: 'link', onclick: () => { list.copies.forget(); list.relabel(); list.refresh() } }, 'Forget them') : null) : null, said)
}
