// What the dispositifs' page needs and Streamlit does not give: links that open a sheet without
// leaving the page, marks that lead to their source and back, and cards that are a list.

const WAIT_MS = 3000
let shownSheet

function followed(event) {
  const link = event.target.closest?.("a[href]")
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  const address = link.getAttribute("href")
  if (address.startsWith("?fiche=")) {
    event.preventDefault()
    window.appuiOpenSheet(new URLSearchParams(address).get("fiche"))
  } else if (/^#(reference|mention)-\d+$/.test(address)) {
    event.preventDefault()
    goTo(document.getElementById(address.slice(1)))
  }
}

function goTo(element) {
  for (let around = element?.parentElement; around; around = around.parentElement) {
    if (around.tagName === "DETAILS") around.open = true
  }
  element?.scrollIntoView({ block: "center", behavior: "instant" })
  element?.focus({ preventScroll: true })
}

// What is opened, or was left, is where the keyboard goes on from.
function focusSoon(selector) {
  const until = performance.now() + WAIT_MS
  const attempt = () => {
    const element = document.querySelector(selector)
    if (element) goTo(element)
    else if (performance.now() < until) requestAnimationFrame(attempt)
  }
  attempt()
}

function listCards() {
  for (const cards of document.querySelectorAll(".st-key-dispositif-cards")) {
    cards.setAttribute("role", "list")
    for (const card of cards.querySelectorAll('[class*="st-key-dispositif-card-"]')) {
      card.setAttribute("role", "listitem")
    }
  }
}

function watch() {
  let planned = false
  const later = () => {
    if (planned) return
    planned = true
    requestAnimationFrame(() => {
      planned = false
      listCards()
    })
  }
  new MutationObserver(later).observe(document.body, { childList: true, subtree: true })
  later()
}

export default function (component) {
  const { data, setTriggerValue } = component
  window.appuiOpenSheet = (id) => setTriggerValue("opened", id)
  if (!window.appuiFollows) {
    window.appuiFollows = true
    document.addEventListener("click", followed, true)
    watch()
  }
  const sheet = data?.sheet ?? null
  if (shownSheet !== undefined && shownSheet !== sheet) {
    focusSoon(sheet ? "h1.sheet-title" : `a[href="?fiche=${shownSheet}"]`)
  }
  shownSheet = sheet
}
