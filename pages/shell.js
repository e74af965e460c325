// What the page needs and Streamlit does not give: the language of the document, links that open
// a source without leaving the page, one spoken announcement per answer, and French names for
// Streamlit's own controls. acronyms.js, which stands before it, explains the acronyms.

const NAMES = {
  "Close": "Fermer",
  "Skip to main content": "Aller au contenu",
  "Send message": "Envoyer la question",
  "Open sidebar": "Ouvrir le menu",
  "Close sidebar": "Fermer le menu",
  "Browse files": "Choisir des fichiers",
  "Upload": "Choisir des fichiers",
  "Drag and drop files here": "Déposez les fichiers ici",
  "Chat message from Vous": "Votre question",
  "Chat message from Appui": "Réponse d'Appui",
  "Clear value": "Effacer",
  "Help": "Aide",
  "Previous page": "Page précédente",
  "Next page": "Page suivante",
  "Main menu": "Menu principal",
  "Copy to clipboard": "Copier",
  "Fullscreen": "Plein écran",
  "Download": "Télécharger",
  "Search": "Rechercher",
  "Clear all": "Tout enlever",
  "No results": "Aucun résultat",
  "Selected values": "Ce qui est choisi",
  "Open": "Ouvrir la liste",
  "Dismiss": "Fermer la liste",
  "Increment": "Augmenter",
  "Decrement": "Diminuer",
  "App pages": "Pages d'Appui",
  "Sidebar": "Menu",
  "Collapse sidebar": "Fermer le menu",
}
const PATTERNS = [
  [/^(\d+(?:\.\d+)?)\s*([KMG])B per file(.*)$/, "$1 $2o au plus par fichier$3"],
  [/^Remove (.+)$/, "Enlever $1"],
  [/^Page (\d+) of (\d+)$/, "Page $1 sur $2"],
  [/^Go to page (\d+)$/, "Aller à la page $1"],
]
const SPOKEN = ["aria-label", "title", "placeholder", "alt"]

function inFrench(text) {
  const plain = text.trim()
  if (Object.hasOwn(NAMES, plain)) return NAMES[plain]
  for (const [pattern, words] of PATTERNS) {
    if (pattern.test(plain)) return plain.replace(pattern, words)
  }
  return null
}

// Documents and answers are left alone: only Streamlit's own elements are renamed.
function translate(root) {
  for (const element of root.querySelectorAll("[aria-label], [title], [placeholder]")) {
    for (const attribute of SPOKEN) {
      const french = inFrench(element.getAttribute(attribute) ?? "")
      if (french !== null) element.setAttribute(attribute, french)
    }
  }
  const zones =
    '[data-testid="stFileUploader"], [data-testid="stSkipToContent"], [role="listbox"][data-empty]'
  for (const zone of root.querySelectorAll(zones)) {
    const walker = document.createTreeWalker(zone, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const french = inFrench(walker.currentNode.nodeValue)
      if (french !== null) walker.currentNode.nodeValue = french
    }
  }
  dressAcronyms(root)
  for (const mark of root.querySelectorAll('a[href^="#source-"]')) {
    mark.setAttribute("role", "button")
    mark.removeAttribute("target")
    mark.setAttribute("aria-label", mark.title || mark.textContent)
  }
}

// A panel longer than the screen must scroll by keyboard even where it holds no button.
function letScroll(root) {
  for (const part of root.querySelectorAll('[role="dialog"] > div, [role="dialog"] > div > div')) {
    if (/auto|scroll/.test(getComputedStyle(part).overflowY)) part.tabIndex = 0
  }
}

// A new question goes to the top of the screen and its answer grows below it, until the reader
// scrolls: Streamlit leaves the page where it was, the answer out of sight.
const QUESTIONS = '[aria-label="Votre question"], [aria-label="Chat message from Vous"]'
const FOLLOWED_MS = 8000
let questionsShown = 0
let followedUntil = 0

function follow() {
  const questions = document.querySelectorAll(QUESTIONS)
  if (questions.length > questionsShown) followedUntil = performance.now() + FOLLOWED_MS
  questionsShown = questions.length
  if (performance.now() < followedUntil) {
    const last = questions[questions.length - 1]
    last?.closest(".stChatMessage")?.scrollIntoView({ block: "start", behavior: "instant" })
  }
}

function stopFollowing() {
  followedUntil = 0
}

function watch() {
  if (window.appuiWatched) return
  window.appuiWatched = true
  let planned = false
  const later = () => {
    if (planned) return
    planned = true
    requestAnimationFrame(() => {
      planned = false
      translate(document)
      letScroll(document)
      follow()
      placeMeaning()
    })
  }
  new MutationObserver(later).observe(document.body, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true,
    attributeFilter: SPOKEN,
  })
  for (const gesture of ["wheel", "touchmove", "pointerdown"]) {
    document.addEventListener(gesture, stopFollowing, { passive: true })
  }
  later()
}

function opens(event) {
  if (event.type === "keydown" && event.key !== " ") return
  const link = event.target.closest?.('a[href^="#source-"], a[href^="#document-"]')
  if (!link || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  event.stopPropagation()
  window.appuiOpen(decodeURIComponent(link.getAttribute("href").slice(1)))
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  document.documentElement.lang = "fr"
  window.appuiOpen = (target) => setTriggerValue("opened", target)
  if (!window.appuiListens) {
    window.appuiListens = true
    document.addEventListener("click", opens, true)
    document.addEventListener("keydown", opens, true)
    listenForAcronyms()
  }
  watch()
  const voice = parentElement.querySelector("[role=status]")
  if (voice && data?.announced && voice.dataset.id !== data.announced.id) {
    voice.dataset.id = data.announced.id
    voice.textContent = data.announced.text
  }
}
