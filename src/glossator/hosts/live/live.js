// Shows a page anew when an edit has changed it. Only a window that is seen listens: browsers open
// few connections to one server, and many windows would use them up.
(() => {
  const script = document.currentScript
  const parts = ["announce", "container", "header-topic", "outdated", "logo", "skip"]
  let tag = script.dataset.tag
  let place = location.pathname
  let news = null
  let turn = 0

  const listen = () => {
    news?.close()
    news = null
    if (document.visibilityState !== "visible") return
    const asked = new URLSearchParams({ page: place, tag })
    news = new EventSource(`/-glossator/events?${asked}`)
    news.addEventListener("page", showPage)
    news.addEventListener("files", (event) => showFiles(JSON.parse(event.data)))
    news.addEventListener("trouble", (event) => showTrouble(JSON.parse(event.data)))
  }

  // The theme can put another page into a window, which our scripts know of, and the place in it
  // stays. Where more has changed than it would exchange, the window is loaded anew.
  const showPage = async () => {
    const mine = ++turn
    const answer = await fetch(location.href, { cache: "no-store" })
    const made = new DOMParser().parseFromString(await answer.text(), "text/html")
    if (mine !== turn) return
    if (!answer.ok || !window.document$?.next || frameOf(made) !== frameOf(document)) {
      location.reload()
      return
    }
    tag = tagOf(answer)
    for (const part of parts) exchange(`[data-md-component=${part}]`, made)
    document.title = made.title
    window.document$.next(document)
  }

  const exchange = (selector, made) => {
    const [old, fresh] = [document.querySelector(selector), made.querySelector(selector)]
    if (!old || !fresh) return
    old.replaceWith(fresh)
    // What a parser has made does not run by itself.
    for (const inert of fresh.querySelectorAll("script:not([type])")) {
      const live = document.createElement("script")
      live.textContent = inert.textContent
      inert.replaceWith(live)
    }
  }

  // What is loaded and set up once for all pages in a window. The ways to it differ between pages.
  const frameOf = (page) => {
    const { lang, dir } = page.documentElement
    const loaded = page.querySelectorAll("link[rel=stylesheet], script[src]:not([data-tag])")
    const names = Array.from(loaded, (each) => (each.getAttribute("src") ?? each.getAttribute("href")).split("/").pop())
    const { features, translations } = JSON.parse(page.getElementById("__config")?.textContent ?? "{}")
    const there = parts.map((part) => !!page.querySelector(`[data-md-component=${part}]`))
    return JSON.stringify([lang, dir, names, features, translations, there])
  }

  const tagOf = (answer) => (answer.headers.get("ETag") ?? "").replaceAll('"', "")

  // Files that this page has loaded, be it by a style sheet of it.
  const showFiles = (paths) => {
    const entries = performance.getEntriesByType("resource")
    const loaded = entries.map((entry) => new URL(entry.name).pathname)
    if (paths.some((path) => loaded.includes(path))) location.reload()
  }

  const showTrouble = (words) => {
    document.getElementById("gl-trouble")?.remove()
    if (!words) return
    const banner = document.createElement("div")
    banner.id = "gl-trouble"
    banner.lang = "en"
    banner.dir = "ltr"
    banner.setAttribute("role", "status")
    banner.textContent = words
    banner.style.cssText =
      "position:fixed;inset:auto 0 0;z-index:9;max-height:40vh;overflow:auto;padding:.6rem 1rem;" +
      "font:.75rem/1.5 monospace;white-space:pre-wrap;background:#7a1f1f;color:#fff"
    document.body.append(banner)
  }

  // With instant navigation the address changes within a window; the new page has a tag of its own.
  const follow = async () => {
    if (location.pathname === place) return
    place = location.pathname
    tag = tagOf(await fetch(place, { method: "HEAD", cache: "no-store" }))
    listen()
  }

  window.document$?.subscribe(follow)
  document.addEventListener("visibilitychange", listen)
  addEventListener("pagehide", () => news?.close())
  addEventListener("pageshow", (event) => event.persisted && listen())
  listen()
})()
