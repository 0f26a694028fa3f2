import QtQuick
import QtTest
import Marea

// Servers that were found in the network.
Item {
    width: 320
    height: 400

    ListModel { id: found }
    ServersNearby { id: nearby; width: 300; servers: found }
    SignalSpy { id: chosen; target: nearby; signalName: "chosen" }

    TestCase {
        name: "Nearby"
        when: windowShown

        readonly property var casa: server("Casa", "https://192.168.1.20:8470")
        readonly property var desk: server("desk", "https://192.168.1.30:8470")
        function server(name, address, claim) {
            return {name: name, address: address, claim: claim ?? 0, knownName: claim ? "Attic" : "", knownAddress: claim ? "https://192.168.1.4:8470" : ""}
        }
        function init() { found.clear(); chosen.clear(); nearby.busy = false }

        function all(item, wanted) {
            let some = wanted(item) ? [item] : []
            for (let i = 0; i < item.children.length; ++i) some = some.concat(all(item.children[i], wanted))
            return some
        }
        function rows() { return all(nearby, item => item.address !== undefined && item.visible) }
        function shown(text) { return all(nearby, item => item.text === text && item.textFormat !== undefined)[0] }

        function test_nothing_is_there_where_there_are_none() {
            verify(!nearby.visible)
            found.append(casa)
            tryVerify(() => nearby.visible && rows().length === 1)
            found.clear()
            tryVerify(() => !nearby.visible)
        }
        function test_one_is_chosen_by_mouse() {
            found.append(casa)
            found.append(desk)
            tryVerify(() => rows().length === 2)
            mouseClick(shown("https://192.168.1.30:8470"))
            compare(chosen.count, 1)
            compare(chosen.signalArguments[0][0], "https://192.168.1.30:8470")
        }
        function test_one_is_chosen_by_keyboard() {
            found.append(casa)
            found.append(desk)
            tryVerify(() => rows().length === 2)
            rows().find(row => row.name === "Casa").forceActiveFocus()
            keyClick(Qt.Key_Tab)
            const second = rows().find(row => row.name === "desk")
            verify(second.activeFocus)
            keyClick(Qt.Key_Return)
            keyClick(Qt.Key_Space)
            compare(chosen.count, 2)
            compare(chosen.signalArguments[0][0], desk.address)
        }
        function test_who_comes_later_leaves_the_keyboard_where_it_is() {
            found.append(desk)
            tryVerify(() => rows().length === 1)
            const row = rows()[0]
            row.forceActiveFocus()
            found.insert(0, casa)
            tryVerify(() => rows().length === 2)
            verify(row.activeFocus)
            compare(row.name, "desk")
        }
        function test_a_name_is_plain_text_in_the_width_there_is() {
            const evil = "<img src='http://evil.example/x.png'><b>Casa</b> " + "x".repeat(60)
            found.append(server(evil, "https://192.168.1.66:8470"))
            tryVerify(() => rows().length === 1)
            const label = shown(evil)
            compare(label.textFormat, Text.PlainText)
            verify(label.truncated)
            verify(label.width <= 300)
            compare(rows()[0].Accessible.name, evil + ", https://192.168.1.66:8470")
        }
        function test_many_scroll_and_the_keyboard_comes_to_each() {
            for (let i = 0; i < 12; ++i) found.append(server("Server " + i, "https://192.168.1." + i + ":8470"))
            tryVerify(() => rows().length === 12)
            compare(nearby.height < 5 * nearby.rowHeight, true)
            rows().find(row => row.name === "Server 0").forceActiveFocus()
            for (let i = 0; i < 11; ++i) keyClick(Qt.Key_Tab)
            const last = rows().find(row => row.name === "Server 11")
            verify(last.activeFocus)
            verify(last.mapToItem(nearby, 0, last.height).y <= nearby.height + 1)
        }
        function test_one_that_may_be_a_known_one_says_so_and_goes_there_as_that() {
            found.append(server("Casa", "http://192.168.1.66:8470", 1))
            tryVerify(() => rows().length === 1)
            const row = rows()[0]
            verify(row.Accessible.name.includes("Says that it is Attic, which you know at https://192.168.1.4:8470"))
            const note = all(nearby, item => item.text === row.note && item.textFormat !== undefined)[0]
            verify(note.visible && !note.truncated)
            verify(row.height >= note.mapToItem(row, 0, note.height).y)
            mouseClick(shown("Casa"))
            compare(chosen.signalArguments[0][0], "http://192.168.1.66:8470")
            compare(chosen.signalArguments[0][1], "https://192.168.1.4:8470")
        }
        function test_one_that_is_not_who_it_says_is_another() {
            found.append(server("Casa", "https://192.168.1.66:8470", 2))
            tryVerify(() => rows().length === 1)
            verify(rows()[0].Accessible.name.includes("does not have its certificate"))
            mouseClick(shown("Casa"))
            compare(chosen.signalArguments[0][1], "")
        }
        function test_while_one_is_tried_no_other_is() {
            found.append(casa)
            tryVerify(() => rows().length === 1)
            nearby.busy = true
            mouseClick(shown("Casa"))
            compare(chosen.count, 0)
        }
    }
}
