import QtQuick
import QtQuick.Templates as T
import Marea

// What is for sale, in a row or a grid: its picture whole on a plate, its name, what it is, and what it costs.
T.ItemDelegate {
    id: card
    required property int index
    required property string productId
    required property string title
    required property string detail
    required property string price
    required property string oldPrice
    required property string artwork
    required property bool owned
    required property bool preorder
    required property string kind
    readonly property bool tall: !["album", "track", "audiobook", "artist"].includes(kind)
    readonly property bool ringed: activeFocus || (GridView.isCurrentItem && GridView.view.activeFocus) || (ListView.isCurrentItem && ListView.view.activeFocus)
    readonly property string priceText: owned ? qsTr("Yours") : price
    signal opened()

    implicitHeight: width + 8 + 20 + 18 + 20
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    onClicked: opened()
    Accessible.role: Accessible.Button
    Accessible.name: [title, detail, priceText].filter(s => s !== "").join(", ")
    Accessible.onPressAction: opened()

    Rectangle {
        id: plate
        width: card.width
        height: width
        radius: Theme.radiusCard
        color: card.hovered ? Theme.hover : Theme.dark ? Theme.surface : Theme.control
        Artwork {
            anchors.centerIn: parent
            height: card.tall ? parent.height - 24 : parent.height
            width: card.tall ? Math.round(height / 1.5) : height
            radius: card.tall ? Theme.radiusControl : Theme.radiusCard
            path: card.artwork
            fallback: card.tall ? "film" : "disc-3"
        }
        Rectangle {
            visible: card.owned || card.preorder || card.oldPrice !== ""
            anchors { top: parent.top; right: parent.right; margins: 8 }
            width: badge.implicitWidth + 16; height: 24; radius: 12
            color: Theme.pictureBadge
            Label {
                id: badge
                anchors.centerIn: parent
                text: card.owned ? qsTr("Yours") : card.preorder ? qsTr("Soon") : qsTr("Sale")
                color: Theme.onPicture
                font.pixelSize: Theme.tiny
                weight: Font.Medium
            }
        }
        FocusRing { shown: card.ringed; radius: Theme.radiusCard + offset }
    }
    Label {
        id: name
        anchors { top: plate.bottom; topMargin: 8; left: parent.left; right: parent.right }
        text: card.title
        weight: Font.Medium
    }
    Label {
        id: what
        anchors { top: name.bottom; topMargin: 2; left: parent.left; right: parent.right }
        text: card.detail
        color: Theme.secondary
        font.pixelSize: Theme.tiny
    }
    Row {
        anchors { top: what.bottom; topMargin: 3; left: parent.left; right: parent.right }
        spacing: 6
        Label { visible: !card.owned; text: card.priceText; color: Theme.accent; weight: Font.Medium; font.pixelSize: Theme.tiny; tabular: true }
        Label { visible: text !== "" && !card.owned; text: card.oldPrice; color: Theme.secondary; font.pixelSize: Theme.tiny; font.strikeout: true; tabular: true }
    }
    Loader {
        id: place
        active: card.ringed && Theme.keyboard && name.truncated && card.Window.window !== null  // not of a page that has gone
        anchors.fill: name
        sourceComponent: Tip { delay: 0; text: card.title }
        // A tip that waits by itself opens also where its page went meanwhile, and finds no window.
        Timer { running: place.active; interval: 600; onTriggered: if (place.item && card.visible && card.Window.window !== null) place.item.open() }
    }
}
