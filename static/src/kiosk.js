// A shared machine: large keys, and nobody's work stays open when they have gone.
(() => {
  const finish = document.getElementById("finish");
  const dialog = document.getElementById("idle");

  // Digits for a PIN; for a card the letters and digits that cards use.
  const KEYS = { digits: "123456789", code: "0123456789ABCDEFGHJKMNPQRSTVWXYZ" };

  function addKeys() {
    for (const box of document.querySelectorAll("[data-keys]")) {
      const input = box.querySelector("input");
      const kind = box.dataset.keys;
      const pad = document.createElement("div");
      pad.className = `keypad keypad-${kind}`;
      pad.setAttribute("role", "group");
      pad.setAttribute("aria-label", box.dataset.keypad);
      const key = (text, press, name) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = `button button-secondary${name || ""}`;
        button.textContent = text;
        button.addEventListener("click", press);
        pad.append(button);
      };
      // What is typed on a keyboard afterwards goes on at the end.
      const set = (value) => {
        input.value = value;
        input.setSelectionRange(value.length, value.length);
      };
      const add = (sign) => () => {
        if (input.value.replace(/\s/g, "").length < Number(box.dataset.most)) set(input.value + sign);
      };
      for (const sign of KEYS[kind]) key(sign, add(sign));
      key(box.dataset.delete, () => set(input.value.slice(0, -1)), " keypad-delete");
      if (kind === "digits") key("0", add("0"));
      box.classList.add(`keyed-${kind}`);
      box.append(pad);
      input.value = input.defaultValue;
    }
    const first = document.querySelector("[data-keys] input");
    if (first && !document.querySelector("[data-focus]")) first.focus();
  }

  // The first screen takes the place of this page: going back leads nowhere.
  async function leave(because) {
    finish.elements.because.value = because;
    try {
      await fetch(finish.action, { method: "POST", body: new FormData(finish), redirect: "manual", cache: "no-store" });
      location.replace(finish.dataset.start);
    } catch {
      finish.submit(); // no answer: the browser itself says what is wrong
    }
  }

  function watch() {
    const limit = Number(finish.dataset.idle) * 1000;
    const countdown = Number(finish.dataset.countdown);
    const shown = dialog.querySelector("[data-count]");
    const said = dialog.querySelector("[data-said]");
    let last = Date.now();
    let told = Date.now();
    let end = 0;
    const active = () => { if (!end) last = Date.now(); };
    const voice = dialog.querySelector("audio");
    // Read aloud by itself only to who has listened on this page before.
    const ask = () => {
      for (const audio of document.querySelectorAll("audio")) audio.pause();
      if (voice && document.documentElement.dataset.voice === "heard") voice.play().catch(() => {});
    };
    const stay = () => {
      end = 0;
      last = Date.now();
      if (voice) voice.pause();
      dialog.close();
      tell();
    };
    // Who reads long without asking for a page is still here for the server too.
    const tell = async () => {
      if (!finish.dataset.here) return;
      told = Date.now();
      const answer = await fetch(finish.dataset.here, { cache: "no-store" }).catch(() => null);
      if (answer && !answer.ok) location.replace(finish.dataset.start);
    };
    for (const sign of ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "touchstart", "touchmove", "input"]) {
      addEventListener(sign, active, { passive: true, capture: true });
    }
    addEventListener("timeupdate", active, true); // a recording that plays
    dialog.querySelector("[data-stay]").addEventListener("click", stay);
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });
    const tick = () => {
      const now = Date.now();
      if (!end && now - last >= limit) {
        end = now + countdown * 1000;
        dialog.showModal();
        ask();
      }
      if (end) {
        const left = Math.max(0, Math.ceil((end - now) / 1000));
        shown.textContent = left;
        if (left % 20 === 0) said.textContent = said.dataset.said.replace("{}", left);
        if (left === 0) {
          clearInterval(clock);
          leave("idle");
        }
      } else if (now - told >= 240000 && last > told) tell();
    };
    const clock = setInterval(tick, 500);
    finish.addEventListener("submit", (event) => {
      event.preventDefault();
      clearInterval(clock);
      leave("");
    });
  }

  addKeys();
  if (finish && dialog) watch();
})();
