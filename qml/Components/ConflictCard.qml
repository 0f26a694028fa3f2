import QtQuick
import Marea

// One value that several devices changed: each side with where and when, and a button that makes it hold.
FocusScope {
    id: card
    required property int index
    required property string title
    required property string what
    required property string iconName
    required property bool asks
    required property var sides
    signal chosen(int which)
    height: column.height + 32
    Accessible.role: Accessible.ListItem
    Accessible.name: card.title + ", " + card.what

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: Theme.dark ? 0 : 1
        border.color: Theme.line
    }
    Column {
        id: column
        x: 16; y: 16
        width: parent.width - 32
        spacing: 12
        Row {
            width: parent.width
            spacing: 12
            Icon { name: card.iconName; color: Theme.secondary; anchors.verticalCenter: parent.verticalCenter }
            Column {
                width: parent.width - 32
                Label { width: parent.width; text: card.title; weight: Font.Medium; font.pixelSize: Theme.body }
                Label { width: parent.width; text: card.asks ? qsTr("%1 · waits for your choice").arg(card.what) : card.what; color: card.asks ? Theme.warning : Theme.secondary }
            }
        }
        Repeater {
            model: card.sides
            Item {
                id: side
                required property int index
                required property var modelData
                width: column.width
                height: Math.max(words.height, choose.height)
                Column {
                    id: words
                    anchors { left: parent.left; right: choose.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
                    Label { width: parent.width; text: side.modelData.text; weight: side.modelData.shown ? Font.DemiBold : Font.Normal; wrapMode: Text.Wrap; maximumLineCount: 3 }
                    Label { width: parent.width; text: side.modelData.shown ? qsTr("%1 · holds").arg(side.modelData.detail) : side.modelData.detail; color: Theme.secondary; font.pixelSize: Theme.tiny }
                }
                AppButton {
                    id: choose
                    anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                    text: side.modelData.shown ? qsTr("Keep") : qsTr("Choose")
                    quiet: side.modelData.shown
                    Accessible.name: (side.modelData.shown ? qsTr("Keep %1") : qsTr("Choose %1")).arg(side.modelData.text)
                    onClicked: card.chosen(side.index)
                }
            }
        }
    }
}
