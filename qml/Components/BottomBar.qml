import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// The sections on a narrow window.
Rectangle {
    id: bar
    required property Navigator navigator
    required property var entries
    color: Theme.surface
    readonly property real room: Math.max(0, (width - words.width) / Math.max(1, entries.length))
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
                width: word.implicitWidth + bar.room   // a long word takes of what a short one leaves
                height: bar.height
                text: modelData.text
                focusPolicy: Qt.StrongFocus
                Accessible.role: Accessible.Link
                Accessible.name: text
                Accessible.onPressAction: clicked()
                onClicked: bar.navigator.go(modelData.page)
                Keys.onReturnPressed: clicked()
                background: Item { FocusRing { shown: item.visualFocus; offset: -4 } }
                contentItem: Item {
                    Icon { anchors { horizontalCenter: parent.horizontalCenter; top: parent.top; topMargin: 10 } name: item.modelData.icon; color: item.current ? Theme.accent : Theme.secondary }
                    Label {
                        id: word
                        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: 8 }
                        width: Math.min(implicitWidth, item.width)
                        text: item.text; font.pixelSize: Theme.tiny; weight: Font.Medium
                        color: item.current ? Theme.text : Theme.secondary
                    }
                }
            }
        }
    }
}
