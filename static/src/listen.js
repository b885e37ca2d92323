// Listening part by part: a button beside each paragraph and each choice that was recorded.
// Without this the page still has the browser's own player.
(() => {
  const BLOCKS = "h2,h3,h4,h5,h6,p,li,tr,img,pre,figcaption"; // as lms/courses/audio/spoken_html.py

  const drawing = (playing) =>
    `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${
      playing ? "M7 5v14M17 5v14" : "M7 4l13 8-13 8z"
    }"/></svg>`;

  function makeButton(words) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-secondary listen-button";
    button.innerHTML = drawing(false);
    const said = document.createElement("span");
    said.textContent = words;
    button.append(said);
    return button;
  }

  function show(button, playing, words) {
    button.firstElementChild.outerHTML = drawing(playing);
    button.lastElementChild.textContent = words;
    button.classList.toggle("is-playing", playing);
  }

  // A screen of a kiosk: one large button in place of the browser's small ones.
  function offerWhole(box, audio) {
    const button = makeButton(box.dataset.whole);
    button.addEventListener("click", () => (audio.paused ? audio.play() : audio.pause()));
    for (const sign of ["play", "pause", "ended"]) {
      audio.addEventListener(sign, () =>
        show(button, !audio.paused, audio.paused ? box.dataset.whole : box.dataset.pause));
    }
    audio.hidden = true;
    box.append(button);
  }

  function partsOf(box) {
    const text = document.querySelector("main .reading");
    const blocks = text ? [...text.querySelectorAll(BLOCKS)] : [];
    const marks = box.dataset.parts.split(" ").filter(Boolean).map((mark) => {
      const cut = mark.lastIndexOf(":");
      return { place: mark.slice(0, cut), begins: Number(mark.slice(cut + 1)) };
    });
    return marks.map(({ place, begins }, index) => ({
      begins,
      ends: index + 1 < marks.length ? marks[index + 1].begins : Infinity,
      element:
        place[0] === "b" ? blocks[place.slice(1)]
        : place[0] === "c" ? document.querySelector(`label[for="answer-${CSS.escape(place.slice(1))}"]`)
        : null,
    }));
  }

  function offerParts(box, audio) {
    let alone = null; // the part that is heard alone; none while the whole is heard
    const parts = partsOf(box);
    const link = box.querySelector(".listen-parts");
    if (link) link.hidden = true;

    const play = (part) => {
      alone = part;
      const begin = () => { audio.currentTime = part.from; };
      if (audio.readyState) begin();
      else audio.addEventListener("loadedmetadata", begin, { once: true });
      audio.play();
    };
    const mark = () => {
      const at = audio.currentTime;
      for (const part of parts) {
        const now = !audio.paused && at >= part.begins - 0.05 && at < part.ends - 0.05;
        if (part.element) part.element.classList.toggle("is-spoken", now);
        if (part.button) {
          const playing = !audio.paused && alone === part;
          if (playing !== part.button.classList.contains("is-playing")) {
            show(part.button, playing, playing ? box.dataset.pause : box.dataset.play);
          }
        }
      }
    };
    audio.addEventListener("timeupdate", () => {
      if (alone && !audio.seeking && audio.currentTime >= alone.ends - 0.2) {
        audio.pause();
        audio.currentTime = alone.from;
        alone = null;
      }
      mark();
    });
    for (const sign of ["play", "pause", "seeked", "ended"]) audio.addEventListener(sign, mark);
    audio.addEventListener("pointerdown", () => { alone = null; });
    audio.addEventListener("keydown", () => { alone = null; });

    let heading = null; // has no button of its own, which would become part of its words
    for (const part of parts) {
      if (!part.element) continue;
      if (part.element.matches("h2,h3,h4,h5,h6")) {
        heading = heading || part;
        continue;
      }
      part.from = (heading || part).begins;
      heading = null;
      const button = makeButton(box.dataset.play);
      button.addEventListener("click", () => {
        if (alone === part && !audio.paused) audio.pause();
        else play(part);
      });
      part.button = button;
      place(part.element, button);
    }
  }

  function place(element, button) {
    if (element.matches("label")) element.after(button);
    else if (element.matches("img")) element.after(button);
    else if (element.matches("tr")) element.lastElementChild.append(button);
    else element.append(button);
    (element.matches("label") ? element.parentElement : element).classList.add("has-listen");
  }

  for (const box of document.querySelectorAll("[data-listen]")) {
    const audio = box.querySelector("audio");
    if (box.dataset.ready) continue; // the page names this script beside each player
    box.dataset.ready = "yes";
    if (box.dataset.whole) offerWhole(box, audio);
    else offerParts(box, audio);
  }
})();
