"""Ways to use a page: a mouse, a keyboard alone, a finger, and a browser without script."""

from playwright.sync_api import expect

MOST_TABS = 45  # whoever has to press it more often has lost the way
IS_FOCUSED = "each => each === document.activeElement"
IS_SEEN = """each => {
    const shows = (part) => part && getComputedStyle(part).outlineStyle !== 'none';
    return shows(each) || shows(each.closest('.deal-card, .input-group, form'));
}"""


class Mouse:
    def __init__(self, page):
        self.page = page

    def press(self, control):
        control.click()

    def write(self, field, words):
        field.fill(words)

    def go_to(self, place, journey):
        self.press(journey.link(place))

    def carry(self, card, zone, journey):
        card.drag_to(zone)


class WithoutScript(Mouse):
    """Nothing is dragged: the page "Move to…" has a button for each place."""

    def carry(self, card, zone, journey):
        name = zone.get_attribute("data-name")
        card.locator(".card-menu").click()
        journey.arrive(journey.page.get_by_role("heading", level=1).inner_text())
        way = journey.page.locator("main button[name=status][value=won], main button[name=stage]")
        way.filter(has_text=name).first.click()


class Finger(Mouse):
    """A long press lifts a card."""

    def press(self, control):
        control.tap()

    def write(self, field, words):
        field.tap()
        field.fill(words)

    def go_to(self, place, journey):
        """What has no tab stands behind More."""
        self.press(journey.button("More"))
        self.press(journey.link(place))

    def carry(self, card, zone, journey):
        touch = self.page.context.new_cdp_session(self.page)
        card.scroll_into_view_if_needed()
        box = card.locator(".party").first.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        expect(self.page.locator(".drag-ghost")).to_be_visible()
        self.drag(touch, zone, y)
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def drag(self, touch, zone, y):
        """At the edge the board scrolls, until the place comes under the finger."""
        width = self.page.viewport_size["width"]
        for step in range(300):
            box = zone.bounding_box()
            is_here = box["x"] >= 0 and box["x"] + min(box["width"], 120) <= width
            x = box["x"] + min(box["width"] / 2, 60) if is_here else width - 10 - step % 2
            at = box["y"] + box["height"] / 2 if is_here else y
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": at}]})
            if is_here and "is-drop-target" in zone.get_attribute("class"):
                return
        raise AssertionError("No finger gets a card there.")


class Keyboard:
    """Tab until a control has the focus and shows it."""

    def __init__(self, page):
        self.page = page

    def reach(self, control):
        expect(control).to_be_visible()
        for _ in range(MOST_TABS):
            if control.evaluate(IS_FOCUSED):
                assert control.evaluate(IS_SEEN), f"{control} has the focus and nobody sees it."
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{MOST_TABS} tabs do not reach {control}.")

    def press(self, control):
        self.reach(control)
        self.page.keyboard.press("Enter")

    def write(self, field, words):
        self.reach(field)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def go_to(self, place, journey):
        self.press(journey.link(place))

    def carry(self, card, zone, journey):
        self.reach(card.locator("h3 a"))
        self.page.keyboard.press(" ")
        for _ in range(12):
            if "is-drop-target" in zone.get_attribute("class"):
                break
            self.page.keyboard.press("ArrowRight")
        self.page.keyboard.press(" ")
