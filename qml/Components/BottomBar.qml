import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// The sections on a narrow window: with words where these have room, else icons alone.
Rectangle {
    id: bar
    required property Navigator navigator
    required property var entries
    color: Theme.surface
    readonly property real room: (width - words.width) / Math.max(1, entries.length)   // beside each word
    readonly property bool worded: room >= 6
    Rectangle { width: parent.width; height: 1; color: Theme.line }
    Row {   // measures
        id: words
        opacity: 0
        Repeater {
            model: bar.entries
            Label { required property var modelData; text: modelData.text; font.pixelSize: Theme.tiny; weight: Font.Medium; Accessible.ignored: true }
        }
    }
    Row {
        anchors.fill: parent
        Repeater {
            model: bar.entries
            T.AbstractButton {
                id: item
                required property var modelData
                readonly property bool current: bar.navigator.section === modelData.page
                readonly property int badge: modelData.badge ?? 0
                width: bar.worded ? word.implicitWidth + bar.room : bar.width / bar.entries.length   // a long word takes of what a short one leaves
                height: bar.height
                text: modelData.text
                focusPolicy: Qt.StrongFocus
                Accessible.role: Accessible.Link
                Accessible.name: badge > 0 ? qsTr("%1, %n waiting", "", badge).arg(text) : text
                Accessible.onPressAction: clicked()
                hoverEnabled: true
                onClicked: bar.navigator.go(modelData.page)
                Keys.onReturnPressed: clicked()
                Keys.onEnterPressed: clicked()
                background: Item { FocusRing { shown: item.visualFocus; offset: -4 } }
                contentItem: Item {
                    Icon { id: icon; anchors { horizontalCenter: parent.horizontalCenter; top: parent.top; topMargin: bar.worded ? 10 : (parent.height - height) / 2 } name: item.modelData.icon; color: item.current ? Theme.accent : Theme.secondary }
                    Rectangle {
                        visible: item.badge > 0
                        anchors { left: icon.right; leftMargin: -4; top: icon.top; topMargin: -4 }
                        width: 10; height: 10; radius: 5
                        color: Theme.accent
                        border.width: 2
                        border.color: Theme.surface
                    }
                    Label {
                        id: word
                        visible: bar.worded
                        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: 8 }
                        width: Math.min(implicitWidth, item.width)
                        text: item.text; font.pixelSize: Theme.tiny; weight: Font.Medium
                        color: item.current ? Theme.text : Theme.secondary
                    }
                }
                Loader {
                    active: !bar.worded && (item.hovered || item.visualFocus)
                    anchors.fill: parent
                    sourceComponent: Tip { visible: true; text: item.text }
                }
            }
        }
    }
}
