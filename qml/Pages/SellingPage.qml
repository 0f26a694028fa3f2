import QtQuick
import Marea
import Marea.App

// Selling, for owners: products, vouchers, and what was sold.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    property string part: "products"
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    Component.onCompleted: app.store.selling.reload()

    Flickable {
        id: flick
        objectName: "selling"
        anchors.fill: parent
        contentHeight: column.height + 48
        boundsBehavior: Flickable.StopAtBounds
        Column {
            id: column
            x: page.side
            width: Math.min(parent.width - 2 * page.side, 820)
            spacing: 12
            PageTitle { text: qsTr("Selling") }
            Choice {
                width: parent.width
                focus: true
                options: [{value: "products", text: qsTr("Products")}, {value: "vouchers", text: qsTr("Vouchers")}, {value: "report", text: qsTr("Sales")}]
                value: page.part
                onPicked: (value) => page.part = value
            }
            Label { visible: text !== ""; width: parent.width; text: page.app.store.selling.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
            Loader {
                width: parent.width
                sourceComponent: page.part === "products" ? products : page.part === "vouchers" ? vouchers : report
            }
            Component { id: products; SellingProducts { app: page.app } }
            Component { id: vouchers; SellingVouchers { app: page.app } }
            Component { id: report; SellingReport { app: page.app } }
        }
        Scroller { parent: page; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: flick.visibleArea.heightRatio; position: flick.visibleArea.yPosition
                   active: flick.moving || hovered
                   onPositionChanged: if (pressed) flick.contentY = position * flick.contentHeight }
    }
}
