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
        AppButton { id: button; text: "Play" }
        Field { id: field; width: 200; secret: true; placeholderText: "Password" }
    }
    SignalSpy { id: clicked; target: button; signalName: "clicked" }

    TestCase {
        name: "Controls"
        when: windowShown

        function init() { stars.rating = 0; chip.checked = false; clicked.clear(); field.clear(); mouseMove(button, 1, 1) }

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
