import QtQuick
import Marea
import Marea.App

// A row of cards with a title that opens the whole. Scrolls by a sideways wheel or Shift and the wheel, drag, arrows and
// its two buttons.
FocusScope {
    id: row
    required property var model   // of titles, or of whatever `card` shows; a number of them
    required property string title
    property real aspect: 1.5
    property int cardWidth: 168
    property int sideMargin: Theme.margin
    property bool opensAll: true
    property bool playable: false
    property string place: ""    // of another library: its address
    readonly property int entries: model.count ?? model
    readonly property bool takesFocus: entries > 0
    signal allOpened()
    signal opened(string mediaId, string kind)
    signal played(string mediaId)
    property Component card: MediaCard {
        width: row.cardWidth
        aspect: row.aspect
        playable: row.playable
        place: row.place
        onOpened: row.opened(mediaId, kind)
        onPlayed: row.played(mediaId)
    }

    readonly property bool waiting: (model.loading ?? false) && entries === 0
    readonly property real pictureHeight: Math.round(cardWidth * aspect)
    visible: waiting || entries > 0
    implicitHeight: visible ? heading.height + 8 + pictureHeight + 54 : 0

    Item {
        id: heading
        width: parent.width
        height: 36
        HeadingLink {
            x: row.sideMargin - 6
            anchors.verticalCenter: parent.verticalCenter
            text: row.title
            enabled: row.opensAll
            onClicked: row.allOpened()
        }
        Row {
            anchors { right: parent.right; rightMargin: row.sideMargin; verticalCenter: parent.verticalCenter }
            spacing: 4
            visible: view.contentWidth > view.width + 1
            IconButton { iconName: "chevron-left"; text: qsTr("Scroll back"); enabled: !view.atXBeginning; focusPolicy: Qt.NoFocus; onClicked: view.page(-1) }
            IconButton { iconName: "chevron-right"; text: qsTr("Scroll on"); enabled: !view.atXEnd; focusPolicy: Qt.NoFocus; onClicked: view.page(1) }
        }
    }
    ListView {
        id: view
        anchors { top: heading.bottom; topMargin: 8; left: parent.left; right: parent.right; bottom: parent.bottom }
        orientation: ListView.Horizontal
        model: row.model
        spacing: Theme.gap
        leftMargin: row.sideMargin
        rightMargin: row.sideMargin
        onLeftMarginChanged: if (contentX <= 0) contentX = -leftMargin  // a row at its start stays there
        focus: true
        activeFocusOnTab: count > 0
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        onCountChanged: if (currentIndex < 0 && count > 0) currentIndex = 0
        cacheBuffer: 600
        Accessible.role: Accessible.List
        Accessible.name: row.title
        Keys.onReturnPressed: if (currentItem) currentItem.opened()
        Keys.onEnterPressed: if (currentItem) currentItem.opened()
        highlightMoveDuration: Theme.calm
        highlightRangeMode: ListView.NoHighlightRange

        Connections {
            target: typeof row.model === "number" ? null : row.model
            ignoreUnknownSignals: true
            function onExchanged() {
                slide.stop()
                view.contentX = view.originX - view.leftMargin   // the first card below the heading, with the margin before it
                view.currentIndex = view.count > 0 ? 0 : -1
            }
        }
        function page(direction) {
            slide.from = contentX
            slide.to = Math.max(-leftMargin, Math.min(contentWidth - width + rightMargin, contentX + direction * (width - row.cardWidth)))
            slide.restart()
        }
        NumberAnimation { id: slide; target: view; property: "contentX"; duration: Theme.calm; easing.type: Easing.OutQuad }
        function roll(delta) {
            slide.stop()
            contentX = Math.max(-leftMargin, Math.min(contentWidth - width + rightMargin, contentX - delta))
        }
        WheelHandler {
            acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
            orientation: Qt.Horizontal
            onWheel: (event) => view.roll(event.angleDelta.x)
        }
        WheelHandler {
            acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
            acceptedModifiers: Qt.ShiftModifier   // where the system does not turn it itself, as macOS does
            onWheel: (event) => view.roll(event.angleDelta.y)
        }
        delegate: row.card
    }
    Late {
        anchors { fill: view; leftMargin: row.sideMargin }
        waiting: row.waiting
        sourceComponent: Row {
            clip: true
            spacing: Theme.gap
            Repeater {
                model: 8
                Column {
                    spacing: 8
                    Skeleton { width: row.cardWidth; height: row.pictureHeight }
                    Skeleton { width: row.cardWidth * 0.7; height: 12; radius: 4 }
                }
            }
        }
    }
}
