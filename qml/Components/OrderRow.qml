import QtQuick
import Marea

// One order: what, when, for how much, how far it is, and what can be done with it.
Item {
    id: row
    required property int index
    required property string orderId
    required property string title
    required property string detail
    required property string price
    required property string stateText
    required property string fate
    required property bool troubled
    required property string productId
    required property string artwork
    required property string media
    required property bool hasReceipt
    required property bool refundable
    required property bool waits
    required property bool here
    property bool narrow: false
    signal opened()
    signal played()
    signal receiptWanted()
    signal refundWanted(Item back)
    signal payWanted()

    implicitHeight: fate === "" ? 64 : 84
    Accessible.role: Accessible.ListItem
    Accessible.name: [title, stateText, price, detail, fate].filter(s => s !== "").join(", ")
    Accessible.onPressAction: opened()
    Rectangle { anchors.fill: parent; radius: Theme.radiusControl; color: hover.hovered ? Theme.hover : "transparent" }
    FocusRing { shown: row.ListView.isCurrentItem && row.ListView.view.activeFocus; offset: 0 }
    HoverHandler { id: hover }
    MouseArea { anchors.fill: parent; onClicked: row.opened() }
    Artwork { id: picture; x: 12; anchors.verticalCenter: parent.verticalCenter; width: 44; height: 44; radius: Theme.radiusControl; path: row.artwork; fallback: "shopping-bag" }
    Column {
        anchors { left: picture.right; leftMargin: 12; right: actions.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
        spacing: 2
        Label { width: parent.width; text: row.title; weight: Font.Medium }
        Label { width: parent.width; text: [row.stateText, row.price, row.narrow ? "" : row.detail].filter(s => s !== "").join("  ·  "); color: row.waits || row.troubled ? Theme.warning : Theme.secondary; font.pixelSize: Theme.tiny; tabular: true }
        Label { visible: row.fate !== ""; width: parent.width; text: row.fate; color: row.troubled ? Theme.warning : Theme.secondary; font.pixelSize: Theme.tiny }
    }
    Row {
        id: actions
        anchors { right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
        spacing: 4
        AppButton { visible: row.waits; text: qsTr("Pay"); Accessible.name: qsTr("Pay for %1").arg(row.title); onClicked: row.payWanted() }
        IconButton { visible: row.here; iconName: "play"; iconSize: 18; text: qsTr("Play %1").arg(row.title); onClicked: row.played() }
        IconButton { visible: row.here; iconName: "download"; iconSize: 18; color: Theme.secondary; text: qsTr("Show %1, to download it again").arg(row.title); onClicked: row.opened() }
        IconButton { visible: row.hasReceipt; iconName: "receipt"; iconSize: 18; color: Theme.secondary; text: qsTr("Receipt for %1").arg(row.title); onClicked: row.receiptWanted() }
        IconButton { id: back; visible: row.refundable; iconName: "rotate-ccw"; iconSize: 18; color: Theme.secondary; text: qsTr("Give %1 back").arg(row.title); onClicked: row.refundWanted(back) }
    }
}
