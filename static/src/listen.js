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

  const isScreen = (box) => !box.dataset.parts;

  // "b12:3.5-7 c…": where a part stands on the page, from when until when it is heard.
  function readMarks(text) {
    return (text || "").split(" ").filter(Boolean).map((mark) => {
      const cut = mark.lastIndexOf(":");
      const [begins, ends] = mark.slice(cut + 1).split("-").map(Number);
      return { place: mark.slice(0, cut), begins, ends };
    });
  }

  function find(place) {
    const rest = place.slice(1);
    if (place[0] === "b") {
      const text = document.querySelector("main .reading");
      return text ? text.querySelectorAll(BLOCKS)[rest] : null;
    }
    if (place[0] === "c") return document.querySelector(`label[for="answer-${CSS.escape(rest)}"]`);
    return place === "h" ? document.querySelector(".question details .details-text") : null;
  }

  // Plays parts one after the other, in any order; without parts the recording as it is.
  function makeTape(audio, marked) {
    const tape = { queue: [], name: null };
    const jump = () => {
      const begin = () => { audio.currentTime = tape.queue[0].begins; };
      if (audio.readyState) begin();
      else audio.addEventListener("loadedmetadata", begin, { once: true });
    };
    tape.play = (name, parts) => {
      tape.name = name;
      tape.queue = parts.slice();
      if (parts.length) jump();
      audio.play();
    };
    tape.isPlaying = (name) => !audio.paused && tape.name === name;
    tape.press = (name, parts) => {
      if (tape.isPlaying(name)) audio.pause();
      else if (tape.name === name && (tape.queue.length || !parts.length)) audio.play();
      else tape.play(name, parts);
    };
    const step = (over) => {
      const part = tape.queue[0];
      if (!part || audio.seeking || (!over && audio.currentTime < part.ends - 0.2)) return;
      tape.queue.shift();
      const next = tape.queue[0];
      if (!next) {
        audio.pause();
        tape.name = null;
      } else if (over || Math.abs(next.begins - part.ends) > 0.05) {
        jump();
        if (over) audio.play();
      }
    };
    audio.addEventListener("timeupdate", () => step(false));
    audio.addEventListener("ended", () => {
      step(true);
      if (!tape.queue.length) tape.name = null;
    });
    for (const sign of ["pointerdown", "keydown"]) {
      audio.addEventListener(sign, () => { tape.name = null; tape.queue = []; });
    }
    for (const sign of ["timeupdate", "play", "pause", "seeked", "ended"]) audio.addEventListener(sign, marked);
    return tape;
  }

  // One large button with its word, in place of the browser's small ones.
  function offerWhole(box, audio, tape, parts) {
    const button = makeButton(box.dataset.whole);
    button.addEventListener("click", () => tape.press("whole", parts));
    audio.hidden = true;
    const words = box.querySelector("p > span");
    if (words) words.hidden = true; // the button says it
    audio.before(button);
    return () => {
      const playing = tape.isPlaying("whole");
      if (playing !== button.classList.contains("is-playing")) {
        show(button, playing, playing ? box.dataset.pause : box.dataset.whole);
      }
    };
  }

  function offerParts(box, tape, parts, further) {
    const marks = [];
    let heading = null; // has no button of its own, which would become part of its words
    for (const part of [...parts, ...further]) {
      part.element = find(part.place);
      if (!part.element) continue;
      if (part.element.matches("h2,h3,h4,h5,h6")) {
        heading = heading || part;
        continue;
      }
      const heard = heading ? [heading, part] : [part];
      heading = null;
      const button = makeButton(box.dataset.play);
      button.addEventListener("click", () => tape.press(part.place, heard));
      place(part.element, button);
      marks.push(() => {
        const playing = tape.isPlaying(part.place);
        if (playing !== button.classList.contains("is-playing")) {
          show(button, playing, playing ? box.dataset.pause : box.dataset.play);
        }
      });
    }
    return marks;
  }

  function offer(box) {
    const audio = box.querySelector("audio");
    const parts = readMarks(box.dataset.parts);
    const further = readMarks(box.dataset.further);
    const marks = [];
    const tape = makeTape(audio, () => marks.forEach((mark) => mark()));
    if (box.dataset.whole) marks.push(offerWhole(box, audio, tape, parts));
    if (isScreen(box)) return;
    const link = box.querySelector(".listen-parts");
    if (link) link.hidden = true;
    marks.push(...offerParts(box, tape, parts, further), () => {
      for (const part of [...parts, ...further]) {
        const now = !audio.paused && audio.currentTime >= part.begins - 0.05 && audio.currentTime < part.ends - 0.05;
        if (part.element) part.element.classList.toggle("is-spoken", now);
      }
    });
  }

  function place(element, button) {
    if (element.matches("label")) element.after(button);
    else if (element.matches("img")) element.after(button);
    else if (element.matches("tr")) element.lastElementChild.append(button);
    else element.append(button);
    (element.matches("label") ? element.parentElement : element).classList.add("has-listen");
  }

  // The page names this script beside each player.
  for (const box of document.querySelectorAll("[data-listen]:not([data-ready])")) {
    box.dataset.ready = "yes";
    offer(box);
  }

  // One voice at a time; and who has listened once would rather hear than read.
  if (!document.documentElement.dataset.voice) {
    document.documentElement.dataset.voice = "silent";
    document.addEventListener("play", ({ target }) => {
      document.documentElement.dataset.voice = "heard";
      for (const audio of document.querySelectorAll("audio")) if (audio !== target) audio.pause();
    }, true);
  }
})();
