import QtQuick
import Marea
import Marea.App

// What is in a product; of what is music half a minute is heard in place.
Column {
    id: list
    required property AppContext app
    required property ProductViewModel product
    readonly property SamplePlayer samples: app.store.samples
    spacing: 4
    Label { text: qsTr("What is in it"); font.pixelSize: Theme.heading; weight: Font.DemiBold; bottomPadding: 4; Accessible.role: Accessible.Heading; Accessible.name: text }
    Label { visible: text !== ""; width: parent.width; text: list.samples.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
    Repeater {
        model: list.product.parts
        Item {
            id: part
            required property var modelData
            readonly property bool heard: list.samples.mediaId !== "" && list.samples.mediaId === modelData.mediaId
            width: list.width
            height: 48
            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.detail === "" ? modelData.title : modelData.title + ", " + modelData.detail
            Rectangle { anchors.fill: parent; radius: Theme.radiusControl; color: part.heard ? Theme.playing : hover.hovered ? Theme.hover : "transparent" }
            HoverHandler { id: hover }
            Label { width: 40; anchors.verticalCenter: parent.verticalCenter; horizontalAlignment: Text.AlignHCenter; visible: !sample.visible; text: part.modelData.lead; color: Theme.secondary; tabular: true }
            IconButton {
                id: sample
                x: 2
                anchors.verticalCenter: parent.verticalCenter
                visible: part.modelData.preview
                iconName: part.heard ? (list.samples.waiting ? "loader-circle" : "pause") : "play"
                iconSize: 16
                text: part.heard ? qsTr("Stop %1").arg(part.modelData.title) : qsTr("Listen to %1").arg(part.modelData.title)
                onClicked: list.samples.toggle(list.product.productId, part.modelData.mediaId)
            }
            Column {
                anchors { left: parent.left; leftMargin: 48; right: time.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
                Label { width: parent.width; text: part.modelData.title; color: part.heard ? Theme.accent : Theme.text; weight: part.heard ? Font.Medium : Font.Normal }
                Label { width: parent.width; visible: text !== ""; text: part.modelData.detail; color: Theme.secondary; font.pixelSize: Theme.tiny }
            }
            Label { id: time; anchors { right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter } text: part.modelData.time; color: Theme.secondary; tabular: true }
            Rectangle {
                visible: part.heard && !list.samples.waiting
                anchors { left: parent.left; bottom: parent.bottom; leftMargin: 48; bottomMargin: 2 }
                height: 2; radius: 1
                width: (parent.width - 60) * list.samples.progress
                color: Theme.accent
            }
        }
    }
}
