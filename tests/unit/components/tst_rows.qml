import QtQuick
import QtTest
import Marea

// Rows of cards, and the wheel over them.
Item {
    width: 400
    height: 400

    ListModel { id: titles; property bool loading: false }
    CardRow {
        id: row
        width: 400
        title: "Recently added"
        model: titles
        card: Item { width: row.cardWidth; height: row.pictureHeight }
    }

    TestCase {
        name: "Rows"
        when: windowShown

        readonly property var view: all(row, item => item.flickableDirection !== undefined)[0]
        function all(item, wanted) {
            let some = wanted(item) ? [item] : []
            for (let i = 0; i < item.children.length; ++i) some = some.concat(all(item.children[i], wanted))
            return some
        }
        function init() {
            titles.clear()
            for (let i = 0; i < 12; ++i) titles.append({name: "Title " + i})
            tryVerify(() => view.contentWidth > 2 * view.width)
            view.positionViewAtBeginning()
            view.contentX = -view.leftMargin
        }
        function roll(x, y, modifiers) { mouseWheel(row, 200, 150, x, y, Qt.NoButton, modifiers) }

        function test_shift_turns_the_wheel_sideways() {
            const start = view.contentX
            roll(0, -120, Qt.ShiftModifier)
            compare(view.contentX, start + 120)
            roll(0, 120, Qt.ShiftModifier)
            compare(view.contentX, start)
            roll(0, 120, Qt.ShiftModifier)
            compare(view.contentX, start, "not beyond its start")
        }
        function test_a_sideways_wheel_needs_no_key() {
            const start = view.contentX
            roll(-120, 0, Qt.NoModifier)
            compare(view.contentX, start + 120)
        }
        function test_the_wheel_alone_is_the_pages() {
            const start = view.contentX
            roll(0, -120, Qt.NoModifier)
            compare(view.contentX, start)
        }
    }
}
