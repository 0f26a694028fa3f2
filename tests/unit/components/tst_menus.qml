import QtQuick
import QtTest
import Marea

// Menus and sheets: what the keyboard does in them, and where the focus is afterwards.
Item {
    id: window
    width: 700
    height: 600

    AppButton { id: opener; text: "Open" }
    AppButton { id: middle; x: 300; y: 100; width: 80; text: "Middle" }
    AppButton { id: last; x: 610; y: 100; width: 80; text: "Last" }
    ChoiceMenu {
        id: menu
        title: "Sort by"
        choices: [{text: "Title", value: "title"}, {heading: "Order"}, {text: "Year", value: "year", checked: true}, {text: "Length", value: "length"}]
    }
    SignalSpy { id: chosen; target: menu; signalName: "chosen" }
    Sheet {
        id: sheet
        title: "New playlist"
        first: name
        Field { id: name; width: parent.width; placeholderText: "Name" }
        buttons: [ AppButton { id: save; text: "Save" } ]
    }

    TestCase {
        name: "Menus"
        when: windowShown

        function init() { chosen.clear(); opener.forceActiveFocus() }
        function cleanup() { menu.close(); sheet.close(); tryCompare(menu, "visible", false); tryCompare(sheet, "visible", false) }

        function test_begins_at_what_is_chosen_and_passes_over_headings() {
            menu.openAt(opener, false)
            tryCompare(menu, "opened", true)
            keyClick(Qt.Key_Up)
            keyClick(Qt.Key_Return)
            compare(chosen.count, 1)
            compare(chosen.signalArguments[0][0], "title")
            tryCompare(opener, "activeFocus", true)
        }
        function test_is_below_what_opens_it_and_inside_the_window() {
            menu.openAt(middle, false)
            tryCompare(menu, "opened", true)
            compare(menu.contentItem.mapToItem(window, 0, 0).x - menu.padding, 300)
            menu.close()
            tryCompare(menu, "visible", false)
            menu.openAt(last, false)
            tryCompare(menu, "opened", true)
            compare(menu.contentItem.mapToItem(window, 0, 0).x - menu.padding + menu.width, 690)
        }
        function test_goes_around() {
            menu.openAt(opener, false)
            tryCompare(menu, "opened", true)
            keyClick(Qt.Key_Down)
            keyClick(Qt.Key_Down)
            keyClick(Qt.Key_Space)
            compare(chosen.signalArguments[0][0], "title")
        }
        function test_escape_chooses_nothing() {
            menu.openAt(opener, false)
            tryCompare(menu, "opened", true)
            keyClick(Qt.Key_Escape)
            tryCompare(menu, "visible", false)
            compare(chosen.count, 0)
            tryCompare(opener, "activeFocus", true)
        }
        function test_a_sheet_begins_in_its_field_and_gives_the_focus_back() {
            sheet.show(opener)
            tryCompare(name, "activeFocus", true)
            keyClick(Qt.Key_Tab)
            tryCompare(save, "activeFocus", true)
            keyClick(Qt.Key_Escape)
            tryCompare(sheet, "visible", false)
            tryCompare(opener, "activeFocus", true)
        }
        function test_a_sheet_fits_a_low_window() {
            sheet.show(opener)
            tryCompare(sheet, "opened", true)
            verify(sheet.height <= window.height - 32)
            verify(sheet.width <= window.width - 32)
        }
    }
}
