import QtQuick
import QtTest
import Marea

// Buttons, chips, fields and stars.
Item {
    width: 400
    height: 300

    Column {
        StarRating { id: stars; onRated: (value) => rating = value }
        Chip { id: chip; text: "Drama"; checkable: true }
        Chip { id: narrowChip; width: 120; iconName: "user"; chevron: true; text: "Maximiliana Wolkenstein-Trostburg von und zu Hohenlohe" }
        Switch { id: onOff; property int clicks: 0; onClicked: ++clicks }
        StorageBar { id: storage; width: 400; parts: [{key: "films", text: "Films", detail: "0 bytes", share: 0}, {key: "music", text: "Music", detail: "40 MB", share: 0.001},
                                                      {key: "other", text: "Other", detail: "195 GB", share: 0.7}, {key: "free", text: "Free", detail: "75 GB", share: 0.299}] }
        AppButton { id: button; text: "Play" }
        Field { id: field; width: 200; secret: true; placeholderText: "Password" }
    }
    SignalSpy { id: clicked; target: button; signalName: "clicked" }

    TestCase {
        name: "Controls"
        when: windowShown

        function init() { stars.rating = 0; chip.checked = false; clicked.clear(); field.clear(); mouseMove(button, 1, 1) }

        function labels(item) {
            return item.text !== undefined && item.truncated !== undefined ? [item] : Array.from(item.children).reduce((all, child) => all.concat(labels(child)), [])
        }
        function test_a_chip_keeps_its_words_inside() {
            const words = labels(narrowChip.contentItem)[0]
            verify(words.truncated)
            verify(words.mapToItem(narrowChip, words.width, 0).x < narrowChip.width - 14)
            verify(!labels(chip.contentItem)[0].truncated)
        }
        function test_a_switch_by_mouse_and_keyboard() {
            onOff.checked = false
            mouseClick(onOff)
            verify(onOff.checked)
            onOff.forceActiveFocus()
            keyClick(Qt.Key_Space)
            verify(!onOff.checked)
            keyClick(Qt.Key_Return)
            verify(onOff.checked)
            compare(onOff.clicks, 3)
        }
        function test_what_takes_no_room_is_not_listed() {
            compare(labels(storage).map(label => label.text), ["Music 40 MB", "Other 195 GB", "Free 75 GB"])
            compare(storage.upTo(0), 0)
            verify(storage.upTo(1) >= 12, "the little that is there is to be seen")
        }
        function test_stars_in_halves() {
            mouseClick(stars, 3 * 24 + 3, 18)
            compare(stars.rating, 7)
            mouseClick(stars, 3 * 24 + 20, 18)
            compare(stars.rating, 8)
            mouseClick(stars, 3 * 24 + 20, 18)
            compare(stars.rating, 0, "a second click takes it back")
        }
        function test_stars_by_keyboard() {
            stars.forceActiveFocus()
            keyClick(Qt.Key_Left)
            compare(stars.rating, 0)
            keyClick(Qt.Key_3)
            compare(stars.rating, 6)
            keyClick(Qt.Key_Right)
            compare(stars.rating, 7)
            keyClick(Qt.Key_0)
            compare(stars.rating, 0)
        }
        function test_a_chip_is_pressed_by_return_and_space() {
            chip.forceActiveFocus()
            keyClick(Qt.Key_Return)
            verify(chip.checked)
            keyClick(Qt.Key_Space)
            verify(!chip.checked)
        }
        function test_a_button_by_mouse_and_keyboard() {
            mouseClick(button)
            button.forceActiveFocus()
            keyClick(Qt.Key_Return)
            keyClick(Qt.Key_Enter)
            keyClick(Qt.Key_Space)
            compare(clicked.count, 4)
            button.enabled = false
            mouseClick(button)
            compare(clicked.count, 4)
            button.enabled = true
        }
        function test_a_password_is_hidden_again_when_it_is_emptied() {
            field.text = "tide"
            compare(field.echoMode, TextInput.Password)
            field.revealed = true
            compare(field.echoMode, TextInput.Normal)
            field.clear()
            field.text = "salt"
            compare(field.echoMode, TextInput.Password)
        }
    }
}
