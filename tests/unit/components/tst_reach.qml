import QtQuick
import QtTest
import Marea

// What could not be reached, over the foot of a page.
Item {
    width: 800
    height: 300

    AppButton { id: page; width: 800; height: 300; text: "Page" }
    ReachCard { id: card; anchors { left: parent.left; bottom: parent.bottom } most: 760; onGone: page.forceActiveFocus() }
    ReachCard { id: small; most: 320; withDownloads: true; text: "Couldn't reach a server that has a very long name, which takes several lines." }
    SignalSpy { id: again; target: card; signalName: "again" }
    SignalSpy { id: below; target: page; signalName: "clicked" }

    TestCase {
        name: "Reach"
        when: windowShown

        function init() {
            again.clear()
            below.clear()
            card.text = card.aside = ""
            card.text = "Couldn't reach Casa."
        }
        function cleanup() { card.text = "" }
        function part(name) { return findChild(card, name) }

        function test_a_click_that_was_under_way_is_not_for_it() {
            const button = part("reachAgain")
            verify(card.visible)
            verify(part("reachGuard").enabled)
            mouseClick(button)
            compare(again.count, 0, "meant for what was there")
            compare(below.count, 0)
            tryCompare(part("reachGuard"), "enabled", false)
            mouseClick(button)
            compare(again.count, 1)
            card.text = "Couldn't reach Casa and Piso."
            verify(part("reachGuard").enabled, "its buttons may be elsewhere now")
        }
        function test_the_keyboard_reaches_it_at_once() {
            card.forceActiveFocus()
            keyClick(Qt.Key_Return)
            compare(again.count, 1)
        }
        function test_put_away_until_there_is_something_else_to_say() {
            const close = part("reachClose")
            close.forceActiveFocus()
            keyClick(Qt.Key_Return)
            verify(!card.visible)
            verify(card.putAway)
            verify(page.activeFocus, "the focus is not lost")
            mouseClick(page, 40, 280)
            compare(below.count, 1, "what was below it is to be had")
            card.text = "Couldn't reach Piso."
            verify(card.visible)
            verify(!card.putAway)
            card.text = ""
            verify(!card.visible)
            verify(!card.putAway)
        }
        function test_words_and_buttons_are_inside_it_where_there_is_little_room() {
            function inside(item) {
                const at = item.mapToItem(small, 0, 0)
                return at.x >= 0 && at.y >= 0 && at.x + item.width <= small.width && at.y + item.height <= small.height
            }
            const again = findChild(small, "reachAgain")
            verify(inside(again) && inside(findChild(small, "reachClose")))
            const words = Array.from(small.children).find(child => child.text === small.text && child.truncated !== undefined)
            verify(inside(words) && !words.truncated)
            verify(words.mapToItem(small, 0, words.height).y <= again.mapToItem(small, 0, 0).y)
        }
    }
}
