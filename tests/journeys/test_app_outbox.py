"""The outbox of the app in a real browser: what its modules keep and send, whatever the portal answers meanwhile."""

# ruff: noqa: E501 - programs of the browser

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser

# The modules of the app, stores of its own, and a portal that answers as a test plans it.
KIT = """async () => {
  const from = (name) => import(`/static/offline/${name}.js`);
  const [vault, { Outbox, begun }, sync, queue, rows, owners, leaving] = await Promise.all(["vault", "outbox", "sync", "queue", "rows", "owners", "leaving"].map(from));
  const asked = [];
  const received = (one) => ({ id: one.id, state: "received", told: "no. 1", number: 1 });
  const usual = {
    "/offline/hello": () => ({ token: "t", release: "r", name: "n", owner: "me" }),
    "/offline/send": async (body) => ({ answers: JSON.parse(body).items.map(received), lost: [] }),
    "/offline/photos": (body) => ({ id: body.get("photo"), state: "received" }),
    "/offline/day": () => ({ name: "n", acting: "a", at: new Date().toISOString(), sheets: [] }),
  };
  const portal = (planned = {}) => {
    globalThis.fetch = async (path, { body } = {}) => {
      asked.push([path, body]);
      const said = await ({ ...usual, ...planned })[path](body);
      return said instanceof Response ? said : new Response(JSON.stringify(said));
    };
  };
  const store = async (digits = "482913", owner = "me") => new Outbox(await vault.begin(vault.newTag(), "s".repeat(43), digits, owner));
  const item = (more = {}) => ({ form: "f", about: 1, label: "L", title: "T", acting: "a", typed: [["text", "first"]], ...more });
  const withPhoto = async (outbox, one, id = crypto.randomUUID()) => outbox.addPhoto(one, { id, size: 3 }, new Uint8Array([1, 2, 3]), (now) => now);
  const go = (outbox) => sync.contact(outbox, () => {}).catch((fault) => fault.constructor.name);
  const paths = (path) => asked.filter(([one]) => one === path).length;
  const states = async (outbox) => (await outbox.items()).map((one) => one.state);
  const photos = async () => (await import("/static/offline/store.js")).howMany("photos");
  globalThis.kit = { ...vault, ...owners, ...leaving, sync, queue, rows, Outbox, begun, asked, received, portal, store, item, withPhoto, go, paths, states, photos };
}"""

Run = Callable[[str], Any]


@pytest.fixture
def run(visitor: Any) -> Run:
    """Run a program in the browser, with the modules of the app at hand as `kit`."""
    opened = visitor(at=PHONE, service_workers="block")
    opened.go("/offline/en")
    opened.page.evaluate(KIT)
    return lambda program: opened.page.evaluate(f"async () => {{ {program} }}")


def test_what_is_mended_while_it_is_on_its_way_stays_mended(run):
    assert run("""
      const outbox = await kit.store(); await outbox.add([kit.item()], "now");
      kit.portal({ "/offline/send": async (body) => {
        const [sent] = JSON.parse(body).items;
        if (sent) await outbox.update(sent.id, (now) => ({ ...now, edit: { typed: [["text", "MENDED"]], said: [] } }));
        return { answers: sent ? [kit.received(sent)] : [], lost: [] };
      } });
      await kit.go(outbox);
      const [now] = await outbox.items();
      return [now.state, now.edit.typed];
    """) == ["waiting", [["text", "MENDED"]]]


def test_what_is_put_away_while_it_is_on_its_way_does_not_come_back(run):
    assert run("""
      const outbox = await kit.store(); const [one] = await outbox.add([kit.item()], "now"); await kit.withPhoto(outbox, one);
      kit.portal({ "/offline/send": async (body) => {
        const { items } = JSON.parse(body);
        if (items.length) await outbox.forget(await outbox.items());
        return { answers: items.map(kit.received), lost: [] };
      } });
      await kit.go(outbox); await kit.go(outbox);
      return [await kit.states(outbox), await kit.photos(), kit.paths("/offline/day")];
    """) == [[], 0, 2]


def test_a_photo_that_meets_a_fault_stops_neither_the_others_nor_the_day(run):
    assert run("""
      const outbox = await kit.store();
      const [first, second] = await outbox.add([kit.item(), kit.item({ about: 2 })], "now");
      await kit.withPhoto(outbox, first, "p1"); await kit.withPhoto(outbox, second, "p2");
      kit.portal({ "/offline/photos": (body) => body.get("photo") === "p1" ? new Response("", { status: 500 }) : { state: "received" } });
      const { whole } = await kit.go(outbox);
      const photos = (await outbox.items()).map((one) => one.photos[0].state ?? "waits");
      return [whole, photos, Boolean(await outbox.day()), kit.queue.unsent(await outbox.items()).length];
    """) == [False, ["waits", "received"], True, 1]


def test_a_photo_that_the_browser_has_dropped_is_told_and_asks_for_nothing(run):
    assert run("""
      const outbox = await kit.store(); const [one] = await outbox.add([kit.item()], "now");
      await outbox.update(one.id, (now) => ({ ...now, photos: [{ id: "gone", size: 1 }] }));
      kit.portal(); await kit.go(outbox);
      const items = await outbox.items();
      return [items[0].photos[0].state, kit.paths("/offline/photos"), kit.queue.unsent(items).length, kit.queue.toMend(items).length];
    """) == ["missing", 0, 0, 1]


def test_photos_that_wait_count_as_unsent_and_outlive_signing_out(run):
    assert run("""
      const outbox = await kit.store(); const [one, done] = await outbox.add([kit.item(), kit.item({ about: 2 })], "now"); await kit.withPhoto(outbox, one);
      kit.portal({ "/offline/photos": () => new Response("", { status: 503 }) }); await kit.go(outbox);
      const waiting = kit.queue.unsent(await outbox.items()).length;
      kit.portal({ "/offline/hello": () => new Response("", { status: 401 }) });
      await kit.leave(outbox);
      return [waiting, (await outbox.items()).map((item) => item.id === one.id), await kit.photos()];
    """) == [1, [True], 1]


def test_what_the_chief_still_decides_outlives_signing_out(run):
    assert run("""
      const outbox = await kit.store(); await outbox.add([kit.item()], "now");
      kit.portal({ "/offline/send": (body) => ({ answers: JSON.parse(body).items.map(({ id }) => ({ id, state: "held", told: "waits" })), lost: [] }) });
      await kit.go(outbox);
      kit.portal({ "/offline/hello": () => new Response("", { status: 401 }) });
      await kit.leave(outbox);
      return kit.states(outbox);
    """) == ["held"]


def test_a_restored_portal_is_given_texts_and_photos_anew(run):
    assert run("""
      const outbox = await kit.store(); const [one] = await outbox.add([kit.item()], "now"); await kit.withPhoto(outbox, one, "p1");
      kit.portal(); await kit.go(outbox);
      const kept = await kit.photos();
      const lose = (lost) => kit.portal({ "/offline/send": (body) => {
        const { receipts, items } = JSON.parse(body);
        return { answers: items.map(kit.received), lost: receipts.filter((id) => lost.includes(id)) };
      } });
      lose(["p1"]); await kit.go(outbox);
      const photoOnly = kit.paths("/offline/photos");
      lose([one.id, "p1"]); await kit.go(outbox);
      return [kept, photoOnly, kit.paths("/offline/photos"), await kit.states(outbox)];
    """) == [1, 2, 3, ["received"]]


def test_what_was_received_goes_after_a_month_with_its_photos(run):
    assert run("""
      const outbox = await kit.store(); const [one] = await outbox.add([kit.item()], "now"); await kit.withPhoto(outbox, one);
      kit.portal(); await kit.go(outbox);
      await outbox.update(one.id, (now) => ({ ...now, settled: Date.now() - 31 * 864e5 }));
      await kit.go(outbox);
      return [await kit.states(outbox), await kit.photos()];
    """) == [[], 0]


def test_two_windows_do_not_lose_each_others_work(run):
    assert run("""
      const first = await kit.store(); const second = new kit.Outbox(first.vault);
      const [one] = await first.add([kit.item()], "now"); await second.items();
      await first.update(one.id, (now) => kit.queue.again(now, "new", [["text", "second"]]));
      await second.add([kit.item({ about: 2 })], "now");
      kit.portal(); await kit.go(second);
      await first.forget((await first.items()).filter((item) => item.about === 1));
      return [(await second.items()).map((item) => [item.about, item.state]), kit.asked.filter(([path]) => path === "/offline/send").flatMap(([, body]) => JSON.parse(body).items.map((item) => item.typed[0][1]))];
    """) == [[[2, "received"]], ["second", "first"]]  # fmt: skip


def test_a_photo_that_is_ready_late_joins_what_was_finished_meanwhile(run):
    assert run("""
      const outbox = await kit.store(); const draft = await outbox.write(kit.begun(kit.item()), (now) => now);
      await outbox.write(draft, (now) => kit.queue.finished(now, [["text", "done"]], "now"));
      await kit.withPhoto(outbox, draft);
      const [now] = await outbox.items();
      return [now.state, now.typed, now.photos.length];
    """) == ["waiting", [["text", "done"]], 1]


def test_what_is_written_on_after_it_was_taken_is_an_entry_of_its_own(run):
    assert run("""
      const outbox = await kit.store(); const [one] = await outbox.add([kit.item()], "now");
      kit.portal(); await kit.go(outbox);
      await outbox.write(one, (now) => ({ ...now, typed: [["text", "more"]] }));
      return (await outbox.items()).map((item) => [item.state, item.typed[0][1], item.about]);
    """) == [["received", "first", 1], ["draft", "more", 1]]


@pytest.mark.parametrize(
    ("earlier", "sent"),
    [
        ("{ ...one, state: 'conflict' }", ["other"]),
        ("{ ...one, edit: { typed: [], said: [] } }", ["other"]),
        ("{ ...one, state: 'draft' }", ["other"]),
        ("{ ...one, state: 'refused' }", ["later", "other"]),
        ("one", ["first", "later", "other"]),
    ],
)
def test_later_items_of_a_record_wait_for_an_earlier_one_that_is_not_settled(run, earlier, sent):
    assert run(f"""
      const outbox = await kit.store();
      const [first] = await outbox.add(["first", "later"].map((text) => kit.item({{ typed: [["text", text]] }})).concat(kit.item({{ key: "2", typed: [["text", "other"]] }})), "now");
      await outbox.update(first.id, (one) => ({earlier}));
      return kit.queue.toSend(await outbox.items()).map((one) => one.typed[0][1]);
    """) == sent  # fmt: skip


def test_what_failed_holds_back_what_follows_it_on_the_same_record(run):
    assert run("""
      const outbox = await kit.store();
      await outbox.add(Array.from({ length: 60 }, (_one, at) => kit.item({ typed: [["text", String(at)]] })), "now");
      kit.portal({ "/offline/send": (body) => ({ answers: JSON.parse(body).items.map(({ id }) => ({ id, state: "failed", told: "later" })), lost: [] }) });
      const { whole } = await kit.go(outbox);
      return [whole, kit.paths("/offline/send"), (await outbox.items()).filter((one) => one.told === "later").length];
    """) == [False, 1, 50]


def test_a_received_item_hides_its_row_until_the_next_list_alone(run):
    assert run("""
      const row = { about: 7, values: { household: "2" } }, sheet = { form: "f", rows: [row] };
      const at = (settled, more = {}) => kit.rows.left({ taken: 1000 }, sheet, [{ form: "f", about: 7, key: "2", state: "received", settled, ...more }]).length;
      return [at(999), at(1001), at(1001, { key: "3" }), at(1, { state: "waiting" })];
    """) == [1, 0, 1, 0]


def test_nothing_is_sent_while_somebody_else_is_signed_in(run):
    assert run("""
      const outbox = await kit.store(); await outbox.add([kit.item()], "now");
      kit.portal({ "/offline/hello": () => ({ token: "t", owner: "another" }) });
      return [await kit.go(outbox), kit.asked.map(([path]) => path), await kit.states(outbox)];
    """) == ["Stranger", ["/offline/hello"], ["waiting"]]


def test_the_day_of_somebody_who_signed_in_meanwhile_is_not_kept(run):
    assert run("""
      const outbox = await kit.store();
      const owners = ["me", "another"];
      kit.portal({ "/offline/hello": () => ({ token: "t", owner: owners.shift() }) });
      return [await kit.go(outbox), await outbox.day()];
    """) == ["Stranger", None]


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (404, "{}", "Fault"),
        (404, '{"unknown": true}', "Unknown"),
        (410, "gone", "Fault"),
        (410, '{"forgotten": true}', "Forgotten"),
        (500, "", "Fault"),
        (200, "<h1>Welcome to our network</h1>", "Fault"),
        (403, '{"prove": true, "told": "why"}', "Prove"),
        (401, "", "SignedOut"),
    ],
)
def test_only_an_answer_of_the_portal_itself_is_taken_at_its_word(run, status, body, fault):
    assert (
        run(f"""
      kit.portal({{ "/offline/hello": () => new Response({body!r}, {{ status: {status} }}) }});
      return kit.go(await kit.store());
    """)
        == fault
    )


def test_a_portal_that_never_answers_is_no_signal(run):
    assert (
        run("""
      globalThis.fetch = (_path, { signal }) => new Promise((_done, fail) => { signal.onabort = () => fail(signal.reason); });
      return kit.sync.ask("/offline/hello", { patience: 50 }).catch((fault) => fault.constructor.name);
    """)
        == "NoSignal"
    )


def test_a_full_phone_keeps_all_of_a_change_or_nothing(run):
    assert run("""
      const outbox = await kit.store(); await outbox.add([kit.item()], "now");
      const put = IDBObjectStore.prototype.put; let left = 1;
      IDBObjectStore.prototype.put = function (...args) { if (left-- < 1) throw new DOMException("full", "QuotaExceededError"); return put.apply(this, args); };
      const fault = await outbox.add([kit.item({ about: 2 }), kit.item({ about: 3 })], "now").catch((one) => one.name);
      IDBObjectStore.prototype.put = put;
      return [fault, (await new kit.Outbox(outbox.vault).items()).length];
    """) == ["QuotaExceededError", 1]


# ── the lock ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_right_try_of_one_owner_forgives_no_wrong_try_at_another(run):
    assert run("""
      const mine = await kit.store("735901"), theirs = await kit.store("111222");
      for (let at = 0; at < 9; at++) await kit.unlock(`00010${at}`);
      await kit.unlock("735901");
      const tries = Object.fromEntries((await kit.owners()).map((one) => [one.tag, one.tries]));
      const last = await kit.unlock("000200");
      const locks = Object.fromEntries((await kit.owners()).map((one) => [one.tag, Boolean(one.byLock)]));
      return [tries[mine.tag], tries[theirs.tag], last.left, locks[mine.tag], locks[theirs.tag]];
    """) == [0, 9, 9, True, False]


def test_a_right_try_of_one_owner_counts_at_no_other(run):
    assert run("""
      await kit.store("735901"); await kit.store("111222");
      for (let at = 0; at < 3; at++) await kit.unlock("735901");
      return (await kit.owners()).map((one) => one.tries);
    """) == [0, 0]


def test_tries_in_several_windows_at_once_count_one_by_one(run):
    assert run("""
      const one = await kit.store();
      await Promise.all([..."12345678901234"].map((digit) => kit.unlock(`00000${digit}`)));
      const { byLock } = (await kit.owners())[0];
      const { vault, left } = await kit.unlock("482913");
      return [Boolean(byLock), Boolean(vault), left];
    """) == [False, False, 0]


def test_digits_that_open_another_store_are_refused_and_asking_is_a_try(run):
    assert run("""
      const first = await kit.store("735901"), second = await kit.store("482913");
      const answers = [await kit.openAnother("735901", second.tag), await kit.openAnother("735901", first.tag), await kit.openAnother("111222", second.tag)];
      for (let at = 0; at < 9; at++) await kit.openAnother(`00010${at}`, second.tag);
      return [...answers, await kit.openAnother("735901", second.tag)];
    """) == [True, False, False, False]


def test_the_store_that_was_opened_last_is_tried_first(run):
    assert run("""
      const first = await kit.store("482913"); const second = await kit.store("482913");
      return (await kit.unlock("482913")).vault.tag === second.tag;
    """)


# ── leaving ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_leaving_answers_the_question_of_a_card_and_believes_only_a_session_that_is_gone(run):
    assert run("""
      const outbox = await kit.store(); let there = true, sure;
      const hello = () => there ? { token: "t", owner: "me" } : new Response("", { status: 401 });
      kit.portal({ "/offline/hello": hello, "/logout": () => new Response("Are you sure?") });
      await kit.leave(outbox);
      const before = await caches.has("leaving");
      kit.portal({ "/offline/hello": hello, "/logout": (body) => { sure = body.get("sure"); there = false; return new Response("", { status: 401 }); } });
      return [before, await kit.leaveLater(), sure, await caches.has("leaving")];
    """) == [True, True, "yes", False]


def test_leaving_ends_no_session_of_somebody_else(run):
    assert run("""
      const outbox = await kit.store();
      kit.portal({ "/offline/hello": () => { throw new TypeError("no signal"); } });
      await kit.leave(outbox);
      kit.portal({ "/offline/hello": () => ({ token: "t", owner: "another" }) });
      return [await kit.leaveLater(), kit.paths("/logout"), await caches.has("leaving")];
    """) == [True, 0, False]


def test_what_became_something_else_since_it_was_looked_at_is_not_put_away(run):
    assert run("""
      const outbox = await kit.store(); const seen = await outbox.add([kit.item()], "now");
      kit.portal(); await kit.go(outbox); await outbox.forget(seen);
      return kit.states(outbox);
    """) == ["received"]
