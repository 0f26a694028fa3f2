import QtQuick
import QtTest
import Marea

// What a control is called, below the pointer.
Item {
    id: root
    width: 400
    height: 300

    Component { id: page; Item { width: 100; height: 40; property alias tip: tip; Tip { id: tip; delay: 0; text: "Play" } } }

    TestCase {
        name: "Tip"
        when: windowShown

        function test_it_is_there_as_long_as_its_control_is_on_a_page_that_is_shown() {
            const shown = createTemporaryObject(page, root)
            tryVerify(() => shown.tip.opened)
            shown.parent = null
            tryVerify(() => !shown.tip.visible)
        }
        function test_of_a_page_that_has_gone_it_does_not_open() {
            failOnWarning(/window/)
            const gone = createTemporaryObject(page, null)
            verify(!gone.tip.visible)
            gone.parent = root
            tryVerify(() => gone.tip.opened)
        }
    }
}
