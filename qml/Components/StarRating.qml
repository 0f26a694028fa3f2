import QtQuick
import QtQuick.Templates as T
import Marea

// One to five stars in halves, of 0 to 10. A click on what is set takes it back; arrows and digits with the keyboard.
T.Control {
    id: stars
    property int rating: 0
    property int size: 20
    property color ink: Theme.secondary
    signal rated(int value)

    readonly property int shown: area.containsMouse ? area.preview : rating
    implicitWidth: 5 * (size + 4)
    implicitHeight: Theme.target
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Slider
    Accessible.name: rating === 0 ? qsTr("Not rated") : qsTr("%1 of 5 stars").arg(Number(rating / 2).toLocaleString(Qt.locale(), "f", rating % 2))
    Accessible.focusable: true

    function set(value) { rated(Math.max(0, Math.min(10, value))) }
    Keys.onLeftPressed: set(rating - 1)
    Keys.onRightPressed: set(rating + 1)
    Keys.onPressed: (event) => {
        if (event.key < Qt.Key_0 || event.key > Qt.Key_5) return
        set((event.key - Qt.Key_0) * 2)
        event.accepted = true
    }
    background: Item { FocusRing { shown: stars.visualFocus; offset: 2 } }
    contentItem: Item {
        Row {
            anchors.verticalCenter: parent.verticalCenter
            spacing: 4
            Repeater {
                model: 5
                Item {
                    id: star
                    required property int index
                    readonly property int part: Math.max(0, Math.min(2, stars.shown - 2 * index))
                    width: stars.size
                    height: stars.size
                    Icon { name: "star"; size: stars.size; color: stars.ink }
                    Item {
                        width: star.width * star.part / 2
                        height: star.height
                        clip: true
                        visible: star.part > 0
                        Icon { name: "star"; size: stars.size; solid: true; color: Theme.accent }
                    }
                }
            }
        }
        MouseArea {
            id: area
            anchors.fill: parent
            hoverEnabled: true
            property int preview: 0
            function at(x) { return Math.max(1, Math.min(10, Math.ceil(x / (stars.size + 4) * 2))) }
            onPositionChanged: (mouse) => preview = at(mouse.x)
            onEntered: preview = at(mouseX)
            onClicked: (mouse) => stars.set(at(mouse.x) === stars.rating ? 0 : at(mouse.x))
        }
    }
}
